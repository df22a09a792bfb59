const mark = '…';

/** The text, or as much of both its ends as has room. */
export function shorten(text: string, room: number): string {
  if (text.length <= room) return text;
  const kept = Math.max(2, room - mark.length);
  const head = Math.ceil(kept / 2);
  return `${text.slice(0, head)}${mark}${text.slice(text.length - (kept - head))}`;
}
