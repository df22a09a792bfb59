import { isDeepStrictEqual } from 'node:util';
import { type Diagnostic, pointerSteps } from '../../diagnostics/index.ts';
import { type ParsedYaml, parseYaml, withoutByteOrderMark } from './parse-yaml.ts';
import { printNumber, printText } from './scalar-style.ts';
import { yamlDiagnostics } from './yaml-diagnostics.ts';
import type { YamlValue } from './yaml-value.ts';

export interface YamlEdit {
  /** JSON pointer of the value to write, such as `/items/3/attributes/port`; a list or mapping cannot be written. */
  readonly pointer: string;
  readonly value: null | boolean | number | string;
}

export type YamlEditResult =
  | { readonly kind: 'edited'; readonly text: string }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/**
 * Writes single values into a file and leaves every other byte as it is: comments, layout, line ends. All edits are
 * made or none. The result is read again before it is given out, so an edit never means more than it says.
 */
export function editYaml(text: string, file: string, edits: readonly YamlEdit[]): YamlEditResult {
  const parsed = parseYaml(text, file);
  if (parsed.value === undefined) return { kind: 'refused', diagnostics: parsed.diagnostics };
  const refusals = edits.flatMap((edit) => refusalOf(parsed, edit));
  if (refusals.length > 0) return { kind: 'refused', diagnostics: refusals };

  const edited = splice(text, parsed, edits);
  const wanted = edits.reduce<YamlValue>(
    (value, edit) => withEdit(value, pointerSteps(edit.pointer), edit.value),
    parsed.value,
  );
  if (isDeepStrictEqual(parseYaml(edited, file).value, wanted)) return { kind: 'edited', text: edited };
  const doubtful = edits.map((edit) => refuse(parsed, edit, 'the file would not be read back as meant'));
  return { kind: 'refused', diagnostics: doubtful };
}

function refusalOf(parsed: ParsedYaml, edit: YamlEdit): readonly Diagnostic[] {
  const source = parsed.sourceOf(edit.pointer);
  if (source === '') return [refuse(parsed, edit, 'no value is written there')];
  if (source.startsWith('*')) return [refuse(parsed, edit, 'it is an alias, and its value stands elsewhere')];
  const value = pointerSteps(edit.pointer).reduce<YamlValue | undefined>(childOf, parsed.value);
  return typeof value === 'object' && value !== null ? [refuse(parsed, edit, 'it is a list or a mapping')] : [];
}

function refuse(parsed: ParsedYaml, { pointer }: YamlEdit, reason: string): Diagnostic {
  return yamlDiagnostics.create('cannot-edit', { pointer, reason }, { position: parsed.positionOf(pointer) });
}

function childOf(value: YamlValue | undefined, step: string): YamlValue | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, YamlValue>>)[step] : undefined;
}

/** From the last edit to the first, so that offsets before it hold. */
function splice(text: string, parsed: ParsedYaml, edits: readonly YamlEdit[]): string {
  const markLength = text.length - withoutByteOrderMark(text).length;
  const places = edits.map((edit) => ({ ...edit, ...parsed.offsetsOf(edit.pointer) }));
  return places
    .toSorted((left, right) => right.start - left.start)
    .reduce((edited, { start, end, value }) => {
      const [from, to] = [start + markLength, end + markLength];
      return edited.slice(0, from) + printLike(edited.slice(from, to), value) + edited.slice(to);
    }, text);
}

/** Keeps the quotes that stood there; a text that could end a `{}` or `[]` around it gets some. */
function printLike(former: string, value: YamlEdit['value']): string {
  if (typeof value === 'number') return printNumber(value);
  if (typeof value !== 'string') return String(value);
  const printed = printText(value);
  if (printed !== value) return printed;
  if (former.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  return former.startsWith('"') || /[,[\]{}]/.test(value) ? JSON.stringify(value) : value;
}

function withEdit(value: YamlValue, path: readonly string[], leaf: YamlValue): YamlValue {
  const [step, ...rest] = path;
  if (step === undefined) return leaf;
  if (Array.isArray(value)) return value.with(Number(step), withEdit(value[Number(step)] as YamlValue, rest, leaf));
  const mapping = value as Readonly<Record<string, YamlValue>>;
  return { ...mapping, [step]: withEdit(mapping[step] as YamlValue, rest, leaf) };
}
