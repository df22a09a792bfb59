import { checkPattern } from '../promql/check-pattern.ts';
import { findForeign } from './find-foreign.ts';
import { type PatternGroup, readGroups } from './read-groups.ts';
import { spellOut } from './spell-out.ts';

/**
 * A pattern that takes lines apart, in what the engines of mtail (RE2 of Go 1.19), Vector (Rust) and the OpenTelemetry
 * Collector (RE2) have in common with that of JavaScript, so that a line means the same to all of them.
 */
export interface LinePattern {
  /** Named groups in the order in which they stand. */
  readonly groups: readonly PatternGroup[];
  /** With classes written out (`[0-9]` for `\d`), which is read alike by all. */
  readonly portable: string;
  readonly expression: RegExp;
}

export type ReadPattern =
  | { readonly kind: 'pattern'; readonly pattern: LinePattern }
  | { readonly kind: 'invalid'; readonly reason: string };

const known = new Map<string, ReadPattern>();

/** Reads a pattern such as `^(?P<client>\S+) (?P<status>\d{3})`. */
export function readLinePattern(text: string): ReadPattern {
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = readAnew(text);
  known.set(text, read);
  return read;
}

function readAnew(text: string): ReadPattern {
  const checked = checkPattern(text, true);
  if (checked.kind === 'invalid') return checked;
  const foreign = findForeign(text);
  if (foreign !== null) return { kind: 'invalid', reason: `${foreign} is not read alike by all programs` };
  const groups = readGroups(text);
  const names = groups.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { kind: 'invalid', reason: `the group ${twice} is there twice` };
  const portable = spellOut(text);
  const ignoresCase = portable.startsWith('(?i)');
  const body = (ignoresCase ? portable.slice(4) : portable).replaceAll('(?P<', '(?<');
  try {
    return { kind: 'pattern', pattern: { groups, portable, expression: new RegExp(body, ignoresCase ? 'i' : '') } };
  } catch (error) {
    return { kind: 'invalid', reason: (error as Error).message };
  }
}
