import type { SourceSpan } from '../../diagnostics/index.ts';
import type { LintDocument } from '../lint-input.ts';

/** A document inside a text of another one: in a block (`name: |`) its lines are lines of the file; else it is one place. */
export function embeddedDocument(outer: LintDocument, pointer: string, inner: LintDocument): LintDocument {
  const around = outer.positionOf(pointer);
  const written = outer.writtenAt(pointer)?.text ?? '';
  const block = /^[|][-+]?[^\n]*\n(?:[ \t]*\n)*( +)/.exec(written);
  const moved = (span: SourceSpan): SourceSpan => {
    if (block === null) return around;
    const { line, column } = span;
    return { file: outer.file, line: around.line + line, column: column + (block[1] ?? '').length };
  };
  return {
    file: outer.file,
    positionOf: (at) => moved(inner.positionOf(at)),
    keyPositionOf: (at) => moved(inner.keyPositionOf(at)),
    // Offsets of the inner text: places are found with them, and nothing is written back.
    writtenAt: (at) => (block === null ? null : inner.writtenAt(at)),
    spanAt: (start, end) => moved(inner.spanAt(start, end)),
    subjectOf: () => null,
    isEmbedded: true,
  };
}
