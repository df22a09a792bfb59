import type { SourceSpan } from '../../diagnostics/index.ts';

/** Turns offsets into lines and columns. The table is made at the first question: most files never have one. */
export function makeLineTable(
  text: string,
  file: string,
): { readonly spanAt: (start: number, end?: number) => SourceSpan } {
  let starts: readonly number[] | null = null;
  const place = (offset: number): { line: number; column: number } => {
    starts ??= lineStarts(text);
    const line = lineOf(starts, offset);
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
  return {
    spanAt: (start, end) => {
      if (end === undefined) return { file, ...place(start) };
      const { line: endLine, column: endColumn } = place(end);
      return { file, ...place(start), endLine, endColumn };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** The last line that starts at or before the offset, counted from 1. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
