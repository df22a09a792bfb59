import type { PolicyInput } from './policy.ts';

/**
 * Freezes all that policies see, in place: a copy of ten thousand resources for each policy would cost more than judging
 * them.
 */
export function freezeInput(input: PolicyInput): PolicyInput {
  const frozen = { ...input, operatedBy: readOnlyMap(input.operatedBy) };
  freezeDeep(frozen);
  return frozen;
}

/** Freezing a map keeps nobody from setting its entries. */
function readOnlyMap<Key, Value>(map: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> {
  const refuse = (): never => {
    throw new TypeError('A policy must not change its input.');
  };
  const copy = new Map(map);
  // Defined, not assigned: in the sandbox the methods of every Map are frozen, and assignment would meet those.
  for (const name of ['set', 'delete', 'clear']) Object.defineProperty(copy, name, { value: refuse });
  return copy;
}

/** What is frozen already is taken to be frozen through and through, so that a second judgement costs nothing. */
function freezeDeep(value: object): void {
  for (const child of Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value)) {
    if (typeof child === 'object' && child !== null && !Object.isFrozen(child)) freezeDeep(child);
  }
  Object.freeze(value);
}
