import { type Diagnostic, nearestName, type SourceSpan } from '../diagnostics/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';

/** Something that names something else by its id. */
export interface Reference {
  /** `The team plant-1-ops` */
  readonly subject: string;
  /** What kind of thing it names: `site`. */
  readonly field: string;
  readonly value: string | undefined;
  readonly known: readonly string[];
  readonly position: SourceSpan;
}

/** What is named and not declared: one finding for each missing thing, with all that name it, told at the first. */
export function findUnknown(references: readonly Reference[]): readonly Diagnostic[] {
  const unknown = references.filter(({ value, known }) => value !== undefined && !known.includes(value));
  const missing = Map.groupBy(unknown, ({ field, value }) => JSON.stringify([field, value]));
  return [...missing.values()].map(describeMissing);
}

function describeMissing(references: readonly Reference[]): Diagnostic {
  const [first] = references;
  if (first?.value === undefined) throw new Error('Bug: a group of references is empty.');
  const { field, value, known, position } = first;
  const subjects = [...new Set(references.map(({ subject }) => subject))];
  return compileDiagnostics.create(
    'unknown-reference',
    { subjects, field, value, known, nearest: nearestName(value, known) },
    { position, found: value, expected: known.join(' | ') },
  );
}

export function findTwice(kind: string, names: readonly string[], position: SourceSpan): readonly Diagnostic[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...repeated].map((name) =>
    compileDiagnostics.create('class-declared-twice', { kind, name }, { position, subject: name }),
  );
}
