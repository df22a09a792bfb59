import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import type { YamlMapping, YamlValue } from '../yaml/index.ts';
import { opensloDiagnostics } from './openslo-diagnostics.ts';

/** Reads fields of one mapping, and keeps what is wrong with them, where it stands. */
export interface FieldReader {
  /** What the mapping is called in messages: `The SLO checkout`. */
  readonly of: string;
  readonly has: (field: string) => boolean;
  readonly text: (field: string) => string;
  readonly optionalText: (field: string) => string | undefined;
  readonly optionalNumber: (field: string) => number | undefined;
  readonly optionalFlag: (field: string) => boolean | undefined;
  /** Null, and told, when it is not there or something else. */
  readonly mapping: (field: string) => FieldReader | null;
  readonly mappings: (field: string) => readonly FieldReader[];
  readonly texts: (field: string) => Readonly<Record<string, string>>;
  readonly raw: YamlMapping;
  readonly refuse: (field: string, expected: string) => void;
  readonly lack: (field: string) => void;
}

export interface ReadingPlace {
  readonly positionOf: (pointer: string) => SourceSpan;
  readonly diagnostics: Diagnostic[];
}

export function fieldReader(raw: YamlMapping, pointer: string, of: string, place: ReadingPlace): FieldReader {
  const at = (field: string) => ({ position: place.positionOf(`${pointer}/${field}`), subject: of });
  const lack = (field: string) => {
    place.diagnostics.push(opensloDiagnostics.create('missing-field', { field, of }, at(field)));
  };
  const refuse = (field: string, expected: string) => {
    const found = JSON.stringify(raw[field]) ?? 'missing';
    const facts = { field, of, expected, found: found.slice(0, 80) };
    place.diagnostics.push(opensloDiagnostics.create('wrong-value', facts, { ...at(field), expected, found }));
  };
  const typed = <Type extends YamlValue>(
    field: string,
    expected: string,
    is: (value: YamlValue) => value is Type,
  ): Type | undefined => {
    const value = raw[field];
    if (value === undefined || value === null) return undefined;
    if (is(value)) return value;
    refuse(field, expected);
    return undefined;
  };
  const nested = (value: YamlMapping, path: string, name: string) =>
    fieldReader(value, `${pointer}/${path}`, `${name} of ${of}`, place);
  return {
    of,
    raw,
    refuse,
    lack,
    has: (field) => raw[field] !== undefined && raw[field] !== null,
    text(field) {
      if (raw[field] === undefined || raw[field] === null) lack(field);
      return typed(field, 'a text', isText) ?? '';
    },
    optionalText: (field) => typed(field, 'a text', isText),
    optionalNumber: (field) => typed(field, 'a number', isNumber),
    optionalFlag: (field) => typed(field, 'true or false', isFlag),
    mapping(field) {
      if (raw[field] === undefined || raw[field] === null) lack(field);
      const value = typed(field, 'a mapping', isMapping);
      return value === undefined ? null : nested(value, field, field);
    },
    mappings(field) {
      const list = typed(field, 'a list', isList) ?? [];
      return list.flatMap((entry, index) => {
        if (isMapping(entry)) return [nested(entry, `${field}/${index}`, `${field}[${index}]`)];
        refuse(field, 'a list of mappings');
        return [];
      });
    },
    texts(field) {
      const value = typed(field, 'a mapping', isMapping) ?? {};
      return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => isText(entry[1])));
    },
  };
}

function isText(value: YamlValue | undefined): value is string {
  return typeof value === 'string';
}

function isNumber(value: YamlValue): value is number {
  return typeof value === 'number';
}

function isFlag(value: YamlValue): value is boolean {
  return typeof value === 'boolean';
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

export function isMapping(value: YamlValue | undefined): value is YamlMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
