import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { makeLineTable } from '../../languages/text-encoding/index.ts';
import { parseYaml, type YamlValue } from '../../languages/yaml/index.ts';
import type { LintDocument } from '../lint-input.ts';

export interface ReadYaml {
  readonly value: YamlValue | undefined;
  readonly document: LintDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/** Every document of a YAML file, with positions in the file: Kubernetes keeps several in one. */
export function readYamlDocuments(text: string, file: string): readonly ReadYaml[] {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const { spanAt } = makeLineTable(source, file);
  return splitDocuments(source).map((part) =>
    readDocument(source.slice(part.start, part.end), part.start, file, spanAt),
  );
}

interface Part {
  readonly start: number;
  readonly end: number;
}

const separator = /^---(?=[ \t\r]*(?:#.*)?$)/gm;

function splitDocuments(source: string): readonly Part[] {
  const starts = [0, ...[...source.matchAll(separator)].map(({ index }) => index + 3)];
  if (starts.length === 1) return [{ start: 0, end: source.length }];
  const parts = starts.map((start, index) => ({ start, end: (starts[index + 1] ?? source.length + 3) - 3 }));
  return parts.filter(({ start, end }) => /^(?!\s*(?:#|$))/m.test(source.slice(start, end).trim()));
}

type SpanAt = (start: number, end?: number) => SourceSpan;

function readDocument(part: string, offset: number, file: string, spanAt: SpanAt): ReadYaml {
  const parsed = parseYaml(part, file);
  const { line: shift } = spanAt(offset);
  const moved = (span: SourceSpan): SourceSpan => ({
    ...span,
    line: span.line + shift - 1,
    ...(span.endLine === undefined ? {} : { endLine: span.endLine + shift - 1 }),
  });
  const document: LintDocument = {
    file,
    positionOf: (pointer) => moved(parsed.positionOf(pointer)),
    keyPositionOf: (pointer) => moved(parsed.keyPositionOf(pointer)),
    writtenAt(pointer) {
      const written = parsed.sourceOf(pointer);
      return written === '' ? null : { text: written, start: parsed.offsetsOf(pointer).start + offset };
    },
    spanAt,
    subjectOf: () => null,
  };
  const diagnostics = parsed.diagnostics.map((diagnostic) =>
    diagnostic.position === undefined ? diagnostic : { ...diagnostic, position: moved(diagnostic.position) },
  );
  return { value: parsed.value, document, diagnostics };
}
