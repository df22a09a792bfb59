const mark = '…';

/** The text, or as much of both its ends as has room. */
export function shorten(text: string, room: number): string {
  if (text.length <= room) return text;
  const kept = Math.max(2, room - mark.length);
  const head = Math.ceil(kept / 2);
  return `${text.slice(0, head)}${mark}${text.slice(text.length - (kept - head))}`;
}

/**
 * Two values cut to the part in which they differ, so that a changed threshold at the end of a long expression is seen.
 *
 * ```ts
 * shortenPair('rate(errors[5m]) > 0.9', 'rate(errors[5m]) > 0.95', 12)   // ['…5m]) > 0.9', '…5m]) > 0.95']
 * ```
 */
export function shortenPair(
  before: string | null,
  after: string | null,
  room: number,
): readonly [string | null, string | null] {
  if (before === null || after === null) return [before && shorten(before, room), after && shorten(after, room)];
  if (before.length <= room && after.length <= room) return [before, after];
  const context = Math.floor(room / 3);
  const longest = Math.max(before.length, after.length);
  // The same start for both, so that what is common stands above each other.
  const start = Math.max(0, Math.min(commonStart(before, after) - context, longest - room + mark.length));
  return [window(before, start, room), window(after, start, room)];
}

function commonStart(before: string, after: string): number {
  let length = 0;
  while (length < before.length && before[length] === after[length]) length += 1;
  return length;
}

function window(text: string, from: number, room: number): string {
  const head = from > 0 ? mark : '';
  const rest = text.slice(from);
  const left = Math.max(2, room - head.length);
  return rest.length <= left ? head + rest : `${head}${rest.slice(0, left - mark.length)}${mark}`;
}
