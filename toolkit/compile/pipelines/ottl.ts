import { readLinePattern } from '../../languages/line-pattern/index.ts';
import type { FieldTest, StepOf, TimeFormat } from '../../model/index.ts';
import { type LeafTest, writeTest } from './field-tests.ts';
import { redacted, sensitivePatterns } from './redaction.ts';
import { slashed } from './step-reads.ts';

/** Conditions and steps in OTTL, the language of the Collector's processors, in which each field is an attribute of the record. */
export function condition(test: FieldTest): string {
  return writeTest(test, {
    leaf: (leaf, negated) => (negated ? `not (${leafCondition(leaf)})` : `(${leafCondition(leaf)})`),
    all: (parts) => `(${parts.join(' and ')})`,
    any: (parts) => `(${parts.join(' or ')})`,
  });
}

function leafCondition(test: LeafTest): string {
  const equal = (wanted: string | number) =>
    typeof wanted === 'number'
      ? `${numberOf(test.field)} == ${decimal(wanted)}`
      : `String(${at(test.field)}) == ${JSON.stringify(wanted)}`;
  if ('is' in test) return equal(test.is);
  if ('in' in test) return test.in.map(equal).join(' or ');
  if ('matches' in test) return `IsMatch(String(${at(test.field)}), ${quoted(test.matches)})`;
  return `${numberOf(test.field)} ${'above' in test ? `> ${decimal(test.above)}` : `< ${decimal(test.below)}`}`;
}

/** With error_mode `ignore`, a time that cannot be read leaves the one at which the line was read. */
export function timeStatement(field: string, format: TimeFormat): string {
  if (format === 'unix') return `set(log.time, Unix(Int(${at(field)})))`;
  return `set(log.time, Time(${at(field)}, ${JSON.stringify(timeFormats[format])}))`;
}

const timeFormats: Readonly<Record<TimeFormat, string>> = {
  iso: '%Y-%m-%dT%H:%M:%S.%f%j',
  java: '%Y-%m-%d %H:%M:%S,%L',
  syslog: '%b %e %H:%M:%S',
  http: '%d/%b/%Y:%H:%M:%S %z',
  unix: '',
};

export function setStatement({ field, to }: StepOf<'set'>): string {
  if (typeof to === 'object') return `set(${at(field)}, ${at(to.field)}) where ${at(to.field)} != nil`;
  return `set(${at(field)}, ${JSON.stringify(to)})`;
}

export function mapStatements({ field, to = field, values, otherwise }: StepOf<'map'>): readonly string[] {
  const from = at('opsctl.mapped');
  const cases = Object.entries(values).map(([key, value]) => {
    const pattern = slashed(key);
    const test = pattern === null ? `${from} == ${JSON.stringify(key)}` : `IsMatch(${from}, ${quoted(pattern)})`;
    return `set(${at(to)}, ${JSON.stringify(value)}) where ${test}`;
  });
  return [
    `set(${from}, String(${at(field)}))`,
    `set(${at(to)}, ${otherwise === undefined ? from : JSON.stringify(otherwise)}) where ${from} != nil`,
    ...cases,
    'delete_key(log.attributes, "opsctl.mapped")',
  ];
}

export function redactStatements({ what }: StepOf<'redact'>, field: string): readonly string[] {
  const once = what.map(
    (kind) =>
      `replace_pattern(${at(field)}, ${quoted(sensitivePatterns[kind])}, ${JSON.stringify(`\${1}${redacted}\${2}`)})`,
  );
  return [...once, ...once];
}

export function extract(text: string, pattern: string): string {
  return `merge_maps(log.attributes, ExtractPatterns(${text}, ${quoted(pattern)}), "upsert")`;
}

export function at(field: string): string {
  return `log.attributes[${JSON.stringify(field)}]`;
}

export function numberOf(field: string): string {
  return `Double(${at(field)})`;
}

export function decimal(value: number): string {
  const text = String(value);
  if (text.includes('e')) return value.toFixed(12).replace(/0+$/, '');
  return text.includes('.') ? text : `${text}.0`;
}

export function quoted(pattern: string): string {
  return JSON.stringify(portable(pattern));
}

export function portable(pattern: string): string {
  const read = readLinePattern(pattern);
  return read.kind === 'pattern' ? read.pattern.portable : pattern;
}
