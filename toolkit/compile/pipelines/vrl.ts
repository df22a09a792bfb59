import { readLinePattern } from '../../languages/line-pattern/index.ts';
import type { FieldTest, StepOf, TimeFormat } from '../../model/index.ts';
import { type LeafTest, writeTest } from './field-tests.ts';
import { numberPattern } from './parse-text.ts';
import { redacted, sensitivePatterns } from './redaction.ts';
import { slashed } from './step-reads.ts';
import { syslogPattern } from './syslog.ts';

/** Conditions and steps in VRL, the language of Vector's `remap`, which refuses to leave an error unhandled. */
export function condition(test: FieldTest): string {
  return writeTest(test, {
    leaf: (leaf, negated) => (negated ? `!(${leafCondition(leaf)})` : `(${leafCondition(leaf)})`),
    all: (parts) => `(${parts.join(' && ')})`,
    any: (parts) => `(${parts.join(' || ')})`,
  });
}

function leafCondition(test: LeafTest): string {
  const there = `exists(${at(test.field)}) && `;
  const text = `(to_string(${at(test.field)}) ?? "")`;
  const equal = (wanted: string | number) =>
    typeof wanted === 'number'
      ? `${numberOf(test.field)} == ${decimal(wanted)}`
      : `${text} == ${JSON.stringify(wanted)}`;
  if ('is' in test) return there + equal(test.is);
  if ('in' in test) return `${there}(${test.in.map(equal).join(' || ')})`;
  if ('matches' in test) return `${there}match(${text}, ${regex(test.matches)})`;
  return `${there}${numberOf(test.field)} ${'above' in test ? `> ${decimal(test.above)}` : `< ${decimal(test.below)}`}`;
}

export function parseCall(step: StepOf<'parse'>, text: string): string {
  if (step.as === 'json') return `parse_json(${text})`;
  if (step.as === 'logfmt') return `parse_logfmt(${text})`;
  return `parse_regex(${text}, ${regex(step.as === 'regex' ? step.pattern : syslogPattern)})`;
}

export function taken(fields: readonly string[]): string {
  return fields
    .map((name) => {
      const path = JSON.stringify(name.split('.'));
      return `value = get(parsed, ${path}) ?? null\nif !is_null(value) { ${at(name)} = to_string(value) ?? encode_json(value) }`;
    })
    .join('\n');
}

export function isNumber(field: string): string {
  return `match(to_string(${at(field)}) ?? "", ${regex(numberPattern)})`;
}

/** A time that cannot be read leaves the one at which the line was read. */
export function timeSource(field: string, format: TimeFormat): string {
  const text = `to_string(${at(field)}) ?? ""`;
  const call =
    format === 'unix'
      ? `from_unix_timestamp(to_int(${text}) ?? 0)`
      : `parse_timestamp(${text}, format: ${JSON.stringify(timeFormats[format])})`;
  return `time, err = ${call}\nif err == null { .timestamp = time }`;
}

const timeFormats: Readonly<Record<Exclude<TimeFormat, 'unix'>, string>> = {
  iso: '%+',
  java: '%Y-%m-%d %H:%M:%S,%3f',
  syslog: '%b %e %H:%M:%S',
  http: '%d/%b/%Y:%H:%M:%S %z',
};

export function setSource({ field, to }: StepOf<'set'>): string {
  if (typeof to === 'object') return guarded(to.field, `${at(field)} = ${at(to.field)}`);
  return `${at(field)} = ${JSON.stringify(to)}`;
}

export function mapSource({ field, to = field, values, otherwise }: StepOf<'map'>): string {
  const cases = Object.entries(values).map(([key, value]) => {
    const pattern = slashed(key);
    const test = pattern === null ? `value == ${JSON.stringify(key)}` : `match(value, ${regex(pattern)})`;
    return `if ${test} { result = ${JSON.stringify(value)} }`;
  });
  const lines = [
    `value = to_string(${at(field)}) ?? ""`,
    `result = ${otherwise === undefined ? 'value' : JSON.stringify(otherwise)}`,
    ...cases,
    `${at(to)} = result`,
  ];
  return guarded(field, lines.join('\n'));
}

export function redactSource({ what }: StepOf<'redact'>, field: string): string {
  const once = what.map((kind) => `text = replace(text, ${regex(sensitivePatterns[kind])}, "$1${redacted}$2")`);
  return guarded(field, [`text = to_string(${at(field)}) ?? ""`, ...once, ...once, `${at(field)} = text`].join('\n'));
}

export function guarded(field: string, source: string): string {
  return `if exists(${at(field)}) {\n${source}\n}`;
}

export function at(field: string): string {
  return `.${JSON.stringify(field)}`;
}

export function numberOf(field: string): string {
  return `(to_float(to_string(${at(field)}) ?? "") ?? 0.0)`;
}

export function decimal(value: number): string {
  const text = String(value);
  if (text.includes('e')) return value.toFixed(12).replace(/0+$/, '');
  return text.includes('.') ? text : `${text}.0`;
}

/** `r'...'` ends at the next quote, whatever stands before it. */
export function regex(pattern: string): string {
  return `r'${portable(pattern).replaceAll("'", '\\x27')}'`;
}

export function portable(pattern: string): string {
  const read = readLinePattern(pattern);
  return read.kind === 'pattern' ? read.pattern.portable : pattern;
}
