const longestQuote = 500;

/**
 * What a server said, for a message: one line of a length that somebody reads. An error page may be megabytes, and what
 * it holds may be meant for a terminal to carry out.
 */
export function quoteBody(body: string): string {
  // More than is shown, so that blanks at the beginning do not eat all of it.
  const line = body
    .slice(0, longestQuote * 10)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const isWhole = line.length <= longestQuote && body.length <= longestQuote * 10;
  // A character outside of the basic plane is not cut in two.
  return isWhole ? line : `${line.slice(0, longestQuote).replace(/[\uD800-\uDBFF]$/, '')} ...`;
}
