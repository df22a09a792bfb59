/** Where a cell stands in the text of its file, quotes included. */
export interface CellSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The cells of the row that begins at `start`. Rows are read by csv-parse, which does not say where cells stand; this
 * walks one row again when somebody asks.
 */
export function cellSpans(text: string, start: number, separator: string): readonly CellSpan[] {
  const spans: CellSpan[] = [];
  let offset = start;
  for (;;) {
    const end = cellEnd(text, offset, separator);
    spans.push({ start: offset, end });
    if (text[end] !== separator) return spans;
    offset = end + 1;
  }
}

function cellEnd(text: string, start: number, separator: string): number {
  let offset = start;
  if (text[offset] === '"') {
    offset = text.indexOf('"', offset + 1);
    while (offset >= 0 && text[offset + 1] === '"') offset = text.indexOf('"', offset + 2);
    if (offset < 0) return text.length;
  }
  while (offset < text.length && text[offset] !== separator && text[offset] !== '\n' && text[offset] !== '\r')
    offset += 1;
  return offset;
}
