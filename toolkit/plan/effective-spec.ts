import { isJsonObject, type JsonObject, type JsonValue } from '../model/index.ts';
import { childOf, pointerSteps, valueAt, withKey } from './json-pointer.ts';

/**
 * What will be written: the desired spec, with the value that the real object has at each ignored pointer (RFC 6901)
 * carried over, absence included. Where desired and observed agree by this, nothing is compared that is to be ignored,
 * and nothing is written over. A new object has nothing to carry over and starts as declared.
 *
 * ```ts
 * effectiveSpec({ replicas: 1, image: 'b' }, { replicas: 7, image: 'a' }, ['/replicas'])   // { replicas: 7, image: 'b' }
 * ```
 */
export function effectiveSpec(desired: JsonObject, observed: JsonObject | null, ignore: readonly string[]): JsonObject {
  if (observed === null || ignore.length === 0) return desired;
  const carried = ignore.reduce<JsonValue>((spec, pointer) => {
    const steps = pointerSteps(pointer);
    return steps === null ? spec : carryOver(spec, steps, observed, valueAt(observed, pointer));
  }, desired);
  return isJsonObject(carried) ? carried : desired;
}

/** `into` with `value` at the steps; `origin` is what `value` comes from, and says which parents may be made for it. */
function carryOver(
  into: JsonValue,
  steps: readonly string[],
  origin: JsonValue | undefined,
  value: JsonValue | undefined,
): JsonValue {
  const [step, ...rest] = steps;
  if (step === undefined) return value ?? into;
  if (Array.isArray(into)) return carryIntoList(into, step, rest, origin, value);
  if (!isJsonObject(into)) return into;
  if (rest.length === 0) return value === undefined ? withoutKey(into, step) : withKey(into, step, value);
  const child = childOf(into, step) ?? newParent(childOf(origin, step), value);
  return child === undefined ? into : withKey(into, step, carryOver(child, rest, childOf(origin, step), value));
}

/** Elements are only exchanged: a list keeps its length, since an ignored element says nothing about its neighbours. */
function carryIntoList(
  into: readonly JsonValue[],
  step: string,
  rest: readonly string[],
  origin: JsonValue | undefined,
  value: JsonValue | undefined,
): JsonValue {
  const child = childOf(into, step);
  if (child === undefined || value === undefined) return into;
  const carried = carryOver(child, rest, childOf(origin, step), value);
  return into.map((element, index) => (String(index) === step ? carried : element));
}

/** An empty object to hold an ignored value whose parent nobody declared but the real object has. */
function newParent(originParent: JsonValue | undefined, value: JsonValue | undefined): JsonObject | undefined {
  return value !== undefined && isJsonObject(originParent) ? {} : undefined;
}

function withoutKey(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
