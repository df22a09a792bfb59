import { readLinePattern } from '../../languages/line-pattern/index.ts';
import type { StepOf } from '../../model/index.ts';
import { syslogPattern } from './syslog.ts';

/** Fields by name. A number that was parsed is the text that stood there, until somebody reckons with it. */
export type FieldRecord = Readonly<Record<string, string | number>>;

/** The fields that a text gives; null where it does not fit. */
export function parseText(step: StepOf<'parse'>, text: string): FieldRecord | null {
  switch (step.as) {
    case 'regex':
      return byPattern(step.pattern, text);
    case 'syslog':
      return byPattern(syslogPattern, text);
    case 'json':
      return byJson(step.fields, text);
    case 'logfmt':
      return byLogfmt(step.fields, text);
    default:
      return step satisfies never;
  }
}

/** As the programs judge it that take a text for a number. */
export const numberPattern = '^-?[0-9]+(?:[.][0-9]+)?$';

export function isNumber(value: string | number): boolean {
  return new RegExp(numberPattern).test(String(value));
}

/** A group that took no part is empty, as it is to RE2. */
function byPattern(pattern: string, text: string): FieldRecord | null {
  const read = readLinePattern(pattern);
  const match = read.kind === 'pattern' ? read.pattern.expression.exec(text) : null;
  if (match === null) return null;
  return Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, value ?? '']));
}

function byJson(fields: readonly string[], text: string): FieldRecord | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  return Object.fromEntries(
    fields.flatMap((name) => {
      const value = at(parsed, name.split('.'));
      return value === null ? [] : [[name, value] as const];
    }),
  );
}

function at(value: unknown, path: readonly string[]): string | null {
  const [name, ...rest] = path;
  if (name !== undefined) {
    const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    return isObject ? at((value as Readonly<Record<string, unknown>>)[name], rest) : null;
  }
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function byLogfmt(fields: readonly string[], text: string): FieldRecord | null {
  const pairs = [...text.matchAll(/([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g)];
  if (pairs.length === 0) return null;
  const found = new Map(
    pairs.map(([, name = '', quoted, bare]) => [name, quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '']),
  );
  return Object.fromEntries(
    fields.flatMap((name) => {
      const value = found.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
