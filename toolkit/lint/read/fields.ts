import type { YamlMapping, YamlValue } from '../../languages/yaml/index.ts';

export function isMapping(value: YamlValue | undefined): value is YamlMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or a number or boolean as its text, as Prometheus reads them; else empty. */
export function textOf(value: YamlValue | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function textsOf(value: YamlValue | undefined): Readonly<Record<string, string>> {
  if (!isMapping(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, textOf(entry)]));
}

export function listOf(value: YamlValue | undefined): readonly YamlValue[] {
  return Array.isArray(value) ? (value as readonly YamlValue[]) : [];
}

/** The mappings of a list, with their places in it. */
export function mappingsIn(value: YamlValue | undefined): readonly (readonly [index: number, mapping: YamlMapping])[] {
  return listOf(value).flatMap((entry, index) => (isMapping(entry) ? [[index, entry] as const] : []));
}
