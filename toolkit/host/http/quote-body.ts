const longestQuote = 500;

/**
 * What a server said, for a message: one line of a length that somebody reads. An error page may be megabytes, and what
 * it holds may be meant for a terminal to carry out. It is cut between words: the mask of secrets knows whole ones, and
 * would not know the beginning of one.
 */
export function quoteBody(body: string, longest = longestQuote): string {
  // More than is shown, so that blanks at the beginning do not eat all of it.
  const start = body.slice(0, longest * 10);
  const line = (start.length < body.length ? cutBetweenWords(start) : start)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  if (line.length <= longest && start.length === body.length) return line;
  return `${cutBetweenWords(line.slice(0, longest + 1))} ...`;
}

/** Without the word at the end, of which more may follow; a text that is one word leaves nothing. */
function cutBetweenWords(text: string): string {
  return text.replace(/[^\s"'`<>(){}[\],;|]*$/u, '').trimEnd();
}
