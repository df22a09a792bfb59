import { isJsonObject, type JsonObject, type JsonValue } from '../model/index.ts';

/** `parent` and one more step, escaped as RFC 6901 section 3 says: `~` is `~0`, `/` is `~1`. */
export function childPointer(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The steps of a pointer, unescaped; none for the whole document, null for a text that is no pointer. */
export function pointerSteps(pointer: string): readonly string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at the pointer, or undefined. */
export function valueAt(document: JsonValue, pointer: string): JsonValue | undefined {
  return pointerSteps(pointer)?.reduce<JsonValue | undefined>(childOf, document);
}

export function childOf(value: JsonValue | undefined, step: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(step) ? value[Number(step)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** A copy with one key set. Not a literal with `[key]:`, for which `__proto__` is no key like others. */
export function withKey(object: JsonObject, key: string, value: JsonValue): JsonObject {
  return Object.fromEntries([...Object.entries(object), [key, value]]);
}
