/** Data as JSON has it: no functions, no dates, nothing lazy. Everything that crosses a process is this. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON value with named fields. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** True for an object; false for a list, null and anything else. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON with the keys of every object in code-unit order: equal values give equal bytes, whatever made them. Like
 * `JSON.stringify` it leaves out a key whose value is undefined.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // Texts are added to one another, which for a large value takes half the time of joining lists of them.
  let text = '';
  if (Array.isArray(value)) {
    for (const element of value) text += text === '' ? canonicalJson(element) : `,${canonicalJson(element)}`;
    return `[${text}]`;
  }
  const object = value as JsonObject;
  for (const key of sortedKeys(object)) {
    const field = object[key];
    if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

/** The same text in pieces, for a value so large that the whole text had better not be in memory at once. */
export function* canonicalPieces(value: JsonValue): Iterable<string> {
  if (Array.isArray(value)) return yield* piecesOfList(value);
  if (!isJsonObject(value)) return yield canonicalJson(value);
  let before = '{';
  for (const key of sortedKeys(value)) {
    const field = value[key];
    if (field === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    if (Array.isArray(field)) yield* piecesOfList(field);
    else yield canonicalJson(field);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function* piecesOfList(list: readonly JsonValue[]): Iterable<string> {
  let before = '[';
  for (const element of list) {
    yield `${before}${canonicalJson(element)}`;
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

/** What was read from canonical JSON has its keys in order already. */
function sortedKeys(object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  let before = '';
  for (const key of keys) {
    if (key < before) return keys.sort();
    before = key;
  }
  return keys;
}

/** Deep equality without regard to the order of keys. */
export function jsonEquals(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right))
    return Array.isArray(left) && Array.isArray(right) && arraysEqual(left, right);
  return objectsEqual(left as JsonObject, right as JsonObject);
}

function arraysEqual(left: readonly JsonValue[], right: readonly JsonValue[]): boolean {
  return left.length === right.length && left.every((value, index) => jsonEquals(value, right[index]));
}

function objectsEqual(left: JsonObject, right: JsonObject): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && jsonEquals(left[key], right[key]));
}
