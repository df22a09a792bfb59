import {
  canonicalJson,
  type FieldChange,
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  jsonEquals,
} from '../model/index.ts';
import { type AlignedPair, alignLists } from './align-lists.ts';
import { childPointer } from './json-pointer.ts';

/**
 * The fields in which two specs differ; none if they are equal. A pointer leads into `after`; where `after` has nothing
 * to point at, into `before`. An object or list that only one side has is one change, not one for each leaf, and a
 * secret reference is never taken apart.
 */
export function diffFields(before: JsonValue, after: JsonValue): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  collectChanges({ before: '', after: '' }, before, after, changes);
  return changes;
}

/** Where the two values stand: the same element of a list may have another place on each side. */
interface Pointers {
  readonly before: string;
  readonly after: string;
}

function collectChanges(at: Pointers, before: JsonValue, after: JsonValue, changes: FieldChange[]): void {
  if (before === after) return;
  if (isPlainObject(before) && isPlainObject(after)) collectObjectChanges(at, before, after, changes);
  else if (Array.isArray(before) && Array.isArray(after)) collectListChanges(at, before, after, changes);
  else if (!jsonEquals(before, after)) changes.push({ pointer: at.after, before, after });
}

function isPlainObject(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && !isSecretReference(value);
}

function collectObjectChanges(at: Pointers, before: JsonObject, after: JsonObject, changes: FieldChange[]): void {
  for (const key of unionOfKeys(before, after)) {
    const child = { before: childPointer(at.before, key), after: childPointer(at.after, key) };
    if (!Object.hasOwn(after, key)) changes.push({ pointer: child.before, before: before[key] as JsonValue });
    else if (!Object.hasOwn(before, key)) changes.push({ pointer: child.after, after: after[key] as JsonValue });
    else collectChanges(child, before[key] as JsonValue, after[key] as JsonValue, changes);
  }
}

function unionOfKeys(before: JsonObject, after: JsonObject): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

function collectListChanges(
  at: Pointers,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  changes: FieldChange[],
): void {
  for (const pair of alignLists(before, after)) collectElementChanges(at, pair, changes);
}

function collectElementChanges(at: Pointers, { before, after }: AlignedPair, changes: FieldChange[]): void {
  if (after === null) changes.push({ pointer: childPointer(at.before, before.index), before: before.value });
  else if (before === null) changes.push({ pointer: childPointer(at.after, after.index), after: after.value });
  else {
    const child = { before: childPointer(at.before, before.index), after: childPointer(at.after, after.index) };
    collectChanges(child, before.value, after.value, changes);
  }
}

/** A text that is equal for equal lists of changes: to find changes that are alike. */
export function fieldsFingerprint(fields: readonly FieldChange[]): string {
  return canonicalJson(fields as unknown as JsonValue);
}
