import { canonicalJson, type FieldChange, isJsonObject, isSecretReference, jsonEquals, type JsonObject, type JsonValue } from '../model/index.ts';
import { alignLists, type AlignedPair } from './align-lists.ts';
import { childPointer } from './json-pointer.ts';

/**
 * The fields in which two specs differ; none if they are equal. A pointer leads into `after`; where `after` has nothing
 * there, into `before`. An object or list that only one side has is one change, not one for each leaf, and a secret
 * reference is never taken apart.
 */
export function diffFields(before: JsonValue, after: JsonValue): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  collectChanges('', before, after, changes);
  return changes;
}

function collectChanges(pointer: string, before: JsonValue, after: JsonValue, changes: FieldChange[]): void {
  if (before === after) return;
  if (isPlainObject(before) && isPlainObject(after)) return collectObjectChanges(pointer, before, after, changes);
  if (Array.isArray(before) && Array.isArray(after)) return collectListChanges(pointer, before, after, changes);
  if (!jsonEquals(before, after)) changes.push({ pointer, before, after });
}

function isPlainObject(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && !isSecretReference(value);
}

function collectObjectChanges(pointer: string, before: JsonObject, after: JsonObject, changes: FieldChange[]): void {
  for (const key of unionOfKeys(before, after)) {
    const child = childPointer(pointer, key);
    if (!Object.hasOwn(after, key)) changes.push({ pointer: child, before: before[key] as JsonValue });
    else if (!Object.hasOwn(before, key)) changes.push({ pointer: child, after: after[key] as JsonValue });
    else collectChanges(child, before[key] as JsonValue, after[key] as JsonValue, changes);
  }
}

function unionOfKeys(before: JsonObject, after: JsonObject): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

/** Where the same elements stand in another order there is no field to name, so the list itself is the change. */
function collectListChanges(
  pointer: string,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  changes: FieldChange[],
): void {
  const aligned = alignLists(before, after);
  if (aligned === null) {
    changes.push({ pointer, before, after });
    return;
  }
  for (const pair of aligned) collectElementChanges(pointer, pair, changes);
}

function collectElementChanges(pointer: string, pair: AlignedPair, changes: FieldChange[]): void {
  if (pair.after === null) changes.push({ pointer: childPointer(pointer, pair.before.index), before: pair.before.value });
  else if (pair.before === null) changes.push({ pointer: childPointer(pointer, pair.after.index), after: pair.after.value });
  else collectChanges(childPointer(pointer, pair.after.index), pair.before.value, pair.after.value, changes);
}

/** A short text that is equal for equal lists of changes: to find changes that are alike. */
export function fieldsFingerprint(fields: readonly FieldChange[]): string {
  return canonicalJson(fields.map(({ pointer, before, after }) => [pointer, before ?? null, after ?? null]));
}
