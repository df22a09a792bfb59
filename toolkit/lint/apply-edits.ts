import type { TextEdit } from './lint.ts';

export interface EditedText {
  readonly text: string;
  readonly applied: number;
}

/** Writes edits into a text, from the last to the first, so that offsets before one hold; of two that overlap, the first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): EditedText {
  const sorted = [...edits].sort((left, right) => left.start - right.start || left.end - right.end);
  const kept: TextEdit[] = [];
  for (const edit of sorted) if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  // A byte order mark is not counted in positions.
  const shift = text.startsWith('\ufeff') ? 1 : 0;
  const edited = kept.reduceRight(
    (result, { start, end, text: written }) => result.slice(0, start + shift) + written + result.slice(end + shift),
    text,
  );
  return { text: edited, applied: kept.length };
}
