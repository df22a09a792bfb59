import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';

/** How a field is called in an object, and what becomes of its value. */
export type FieldTable = Readonly<Record<string, FieldTranslation>>;
type FieldTranslation = string | { readonly to: string; readonly value: (value: JsonValue) => JsonValue };

/** Fields of a configuration in the words of an object, and the names of those that it has no words for. */
export function translateFields(
  fields: JsonObject,
  table: FieldTable,
): { readonly object: JsonObject; readonly unsaid: readonly string[] } {
  const unsaid: string[] = [];
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    const known = Object.hasOwn(table, name) ? table[name] : undefined;
    if (known === undefined) {
      unsaid.push(name);
      return [];
    }
    return [typeof known === 'string' ? ([known, value] as const) : ([known.to, known.value(value)] as const)];
  });
  return { object: Object.fromEntries(entries), unsaid };
}

export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : [];
}

export function textsIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value)
    ? (value as readonly JsonValue[]).filter((entry): entry is string => typeof entry === 'string')
    : [];
}
