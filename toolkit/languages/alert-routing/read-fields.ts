import { nearestName, pointerTo } from '../../diagnostics/index.ts';
import { parseDuration } from './duration.ts';
import type { RoutingFinding } from './finding.ts';
import type { AlertmanagerRelease } from './release.ts';

/** One reading of a document: for which release, and what was found so far. */
export interface Reading {
  readonly release: AlertmanagerRelease;
  readonly findings: RoutingFinding[];
}

/** The fields of a mapping: those of all known releases, and those that only the newer ones have. */
export interface FieldTable {
  readonly always: readonly string[];
  readonly newer?: readonly string[];
}

/** Something of the document and where it stands. */
export interface Entry<Value = unknown> {
  readonly pointer: string;
  readonly value: Value;
}

/** A mapping of the document. What is read of it is reported where it is wrong, and what can be used is used. */
export interface Mapping {
  readonly reading: Reading;
  readonly pointer: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

type Report = Omit<RoutingFinding, 'weight' | 'at'> & Partial<Pick<RoutingFinding, 'weight' | 'at'>>;

export function report(reading: Reading, finding: Report): void {
  reading.findings.push({ weight: 'refused', at: 'value', ...finding });
}

/** Reports what is no mapping, and fields that Alertmanager does not know. */
export function readMapping({ pointer, value }: Entry, reading: Reading, table: FieldTable): Mapping {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMapping && value !== null && value !== undefined)
    report(reading, { code: 'wrong-type', text: 'A mapping has to stand here.', pointer });
  const mapping = { reading, pointer, fields: isMapping ? (value as Mapping['fields']) : {} };
  checkNames(mapping, table);
  return mapping;
}

function checkNames({ reading, pointer, fields }: Mapping, { always, newer = [] }: FieldTable): void {
  for (const name of Object.keys(fields)) {
    if (always.includes(name)) continue;
    const place = { pointer: pointerTo(pointer, name), at: 'key' } as const;
    if (!newer.includes(name)) {
      const known = [...always, ...newer];
      const text = `Alertmanager knows no field ${name} here, and refuses it.`;
      report(reading, {
        code: 'unknown-field',
        ...place,
        text,
        expected: nearestName(name, known) ?? known.join(', '),
      });
    } else if (reading.release === '0.25') {
      const text = `Alertmanager ${reading.release} does not know the field ${name} yet, and refuses it.`;
      report(reading, { code: 'newer-field', ...place, text });
    }
  }
}

export function pointerOf({ pointer }: Mapping, name: string): string {
  return pointerTo(pointer, name);
}

/** Null where there is none. */
export function fieldOf({ fields }: Mapping, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

/** Empty where there is none. */
export function textOf(mapping: Mapping, name: string): string {
  const value = fieldOf(mapping, name);
  return value === null ? '' : asText({ pointer: pointerOf(mapping, name), value }, mapping.reading);
}

/** Alertmanager reads numbers and booleans as the text that they are written as. */
function asText({ pointer, value }: Entry, reading: Reading): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value !== null && value !== undefined)
    report(reading, { code: 'wrong-type', text: 'A text has to stand here.', pointer });
  return '';
}

export function flagOf(mapping: Mapping, name: string, otherwise: boolean): boolean {
  const value = fieldOf(mapping, name);
  if (value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  // Alertmanager reads YAML 1.1, where these are booleans.
  if (/^(?:y|yes|on|true)$/i.test(String(value))) return true;
  if (!/^(?:n|no|off|false)$/i.test(String(value))) wrongType(mapping, name, `${name} has to be true or false.`);
  return false;
}

/** Null where there is none. */
export function listOf(mapping: Mapping, name: string): readonly Entry[] | null {
  const value = fieldOf(mapping, name);
  if (value === null) return null;
  if (!Array.isArray(value)) {
    wrongType(mapping, name, `${name} has to be a list.`);
    return [];
  }
  const parent = pointerOf(mapping, name);
  return value.map((entry: unknown, index) => ({ pointer: pointerTo(parent, String(index)), value: entry }));
}

/** Null where there is none. */
export function textsOf(mapping: Mapping, name: string): readonly Entry<string>[] | null {
  const entries = listOf(mapping, name);
  return entries?.map((entry) => ({ pointer: entry.pointer, value: asText(entry, mapping.reading) })) ?? null;
}

export interface Pair extends Entry<string> {
  readonly key: string;
}

export function pairsOf(mapping: Mapping, name: string): readonly Pair[] {
  const value = fieldOf(mapping, name);
  if (value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) {
    wrongType(mapping, name, `${name} has to be a mapping of labels and texts.`);
    return [];
  }
  const parent = pointerOf(mapping, name);
  return Object.entries(value).map(([key, held]: [string, unknown]) => {
    const pointer = pointerTo(parent, key);
    return { key, pointer, value: asText({ pointer, value: held }, mapping.reading) };
  });
}

/** Null where there is none, or none that can be read. */
export function durationOf(mapping: Mapping, name: string): number | null {
  if (fieldOf(mapping, name) === null) return null;
  const text = textOf(mapping, name);
  const read = parseDuration(text);
  if (read === null) {
    report(mapping.reading, {
      code: 'duration',
      pointer: pointerOf(mapping, name),
      text: `${JSON.stringify(text)} is no duration.`,
      expected: 'whole numbers with units from long to short, such as 1h30m',
    });
  }
  return read;
}

function wrongType(mapping: Mapping, name: string, text: string): void {
  report(mapping.reading, { code: 'wrong-type', pointer: pointerOf(mapping, name), text });
}
