import type { JsonObject, JsonValue } from '../../model/index.ts';

/** `credential: env:TOKEN` is short for `credential: { $secret: env:TOKEN }`. */
export function withSecretReferences(settings: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, asReference(name, value)]));
}

function asReference(name: string, value: JsonValue): JsonValue {
  const isReference = typeof value === 'string' && /^(env|file):\S+$/.test(value);
  return isReference && /credential|password|token|secret/i.test(name) ? { $secret: value } : value;
}
