const frozen = new WeakSet<object>();

/**
 * Makes a declaration final, with all that it holds. One file of content may import what another declares: it may refer
 * to it, and not change what policies ask, or what an alert of another plant is, where nobody looks for it.
 */
export function deepFreeze<Value>(value: Value): Value {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || frozen.has(value)) return value;
  frozen.add(value);
  Object.freeze(value);
  for (const key of Reflect.ownKeys(value)) deepFreeze(Reflect.get(value, key));
  return value;
}
