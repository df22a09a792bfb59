import type { SourceSpan } from '../diagnostics/index.ts';
import type { Span } from '../languages/promql/index.ts';
import type { LintDocument, WrittenText } from './lint-input.ts';

/**
 * Where a part of an expression stands in the file. YAML folds lines, cuts indentation off and JSON escapes quotes, but
 * what is not blank comes in the same order, so characters are counted along both texts.
 */
export function placeInExpression(document: LintDocument, pointer: string, text: string, span: Span): SourceSpan {
  const range = offsetsInFile(document, pointer, text, span);
  return range === null ? document.positionOf(pointer) : document.spanAt(range.start, range.end);
}

/** As offsets of the file; null where the two texts cannot be laid side by side. */
export function offsetsInFile(
  document: LintDocument,
  pointer: string,
  text: string,
  span: Span,
): { readonly start: number; readonly end: number } | null {
  const written = document.writtenAt(pointer);
  if (written === null) return null;
  const offsets = alignedOffsets(written, text);
  const first = offsets?.[span.from];
  const last = offsets?.[Math.max(span.from, span.to - 1)];
  return first === undefined || last === undefined ? null : { start: first, end: last + 1 };
}

/** What stands before a quote in a text in quotes. */
const escapes: Readonly<Record<string, string>> = { '"': '\\', "'": "'" };

/** The offset in the file of each character of the text. */
function alignedOffsets({ text: written, start }: WrittenText, text: string): readonly number[] | null {
  const before = escapes[written.charAt(0)] ?? null;
  let at = before === null ? 0 : 1;
  if (/^[|>]/.test(written)) at = written.indexOf('\n');
  const offsets: number[] = [];
  for (const character of text) {
    if (/\s/.test(character)) {
      offsets.push(start + at);
      if (/\s/.test(written[at] ?? '')) at += 1;
      continue;
    }
    while (/\s/.test(written[at] ?? '')) at += 1;
    if (before !== null && written[at] === before) at += 1;
    if (!written.startsWith(character, at)) return null;
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(start + at + unit);
    at += character.length;
  }
  return offsets;
}
