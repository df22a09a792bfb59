import { readLinePattern } from '../../languages/line-pattern/index.ts';
import type { SensitiveData, StepOf } from '../../model/index.ts';
import type { FieldRecord } from './parse-text.ts';

/** What stands in the place of what was there. */
export const redacted = '[redacted]';

/**
 * Patterns without look-around, which RE2 lacks: the character before and the one behind are part of them and stay. The
 * groups are the edge before, and the edge behind. Mobile numbers are those of mainland China, identity cards of 18 digits
 * (GB 11643), bank cards as UnionPay numbers them.
 */
export const sensitivePatterns: Readonly<Record<SensitiveData, string>> = {
  phone: '(^|[^0-9])(?:[+]?86[ -]?)?1[3-9][0-9]{9}($|[^0-9])',
  'id-card':
    '(^|[^0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]($|[^0-9A-Za-z])',
  email: '(^|[^0-9A-Za-z._-])[0-9A-Za-z._+-]+@[0-9A-Za-z-]+(?:[.][0-9A-Za-z-]+)+($|[^0-9A-Za-z-])',
  'bank-card': '(^|[^0-9])62[0-9]{14,17}($|[^0-9])',
  token:
    '(?i)((?:(?:authorization: *)?(?:bearer|basic) +|authorization: *|(?:token|password|passwd|secret|api[_-]?key)"? *[=:] *)"?)[^ ",;&]+()',
};

/** The record with its texts written over. Edges belong to two neighbours, so each pattern is tried twice. */
export function writeOver({ fields, what }: StepOf<'redact'>, record: FieldRecord): FieldRecord {
  const changed = fields.flatMap((name) => {
    const value = record[name];
    return value === undefined ? [] : [[name, redactText(String(value), what)] as const];
  });
  return { ...record, ...Object.fromEntries(changed) };
}

function redactText(text: string, what: readonly SensitiveData[]): string {
  return what.reduce((changed, kind) => {
    const read = readLinePattern(sensitivePatterns[kind]);
    if (read.kind === 'invalid') throw new Error(`Bug: the pattern of ${kind} is invalid: ${read.reason}.`);
    const { source, flags } = read.pattern.expression;
    const once = (value: string) => value.replaceAll(new RegExp(source, `${flags}g`), `$1${redacted}$2`);
    return once(once(changed));
  }, text);
}
