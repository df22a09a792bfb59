import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/**
 * A secret in a spec is only ever a reference: `{ "$secret": "env:WECOM_SECRET" }`, `{ "$secret": "file:wecom.key" }`.
 * State and plan hold the reference and a salted digest of the value; every output masks the value.
 */
export interface SecretReference extends JsonObject {
  readonly $secret: string;
}

/** The reference to a secret at a place such as `env:SNMP_COMMUNITY`; see the attribute `credential`. */
export function secretAt(place: string): SecretReference {
  return { $secret: place };
}

/** True for a value that names a secret instead of holding it. */
export function isSecretReference(value: JsonValue | undefined): value is SecretReference {
  return isJsonObject(value) && typeof value['$secret'] === 'string';
}

/** All secret references inside a value, in document order, each once. */
export function secretReferencesIn(value: JsonValue): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  const known = references.get(value);
  if (known !== undefined) return known;
  const found = new Set<string>();
  collectReferences(value, found);
  const all = [...found];
  references.set(value, all);
  return all;
}

/** A spec is never changed, and each is asked several times in one plan. */
const references = new WeakMap<object, readonly string[]>();

/** Whether values that were read from this JSON may name secrets; where a character is escaped, they have to be searched. */
export function mayNameSecrets(json: Uint8Array): boolean {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  return bytes.includes('$secret') || bytes.includes('\\u');
}

/** Values that name no secret, as is known from the JSON that they were read from: they need not be searched. */
export function nameNoSecrets(values: Iterable<JsonValue>): void {
  for (const value of values) if (isJsonObject(value)) references.set(value, none);
}

const none: readonly string[] = [];

function collectReferences(value: JsonValue, found: Set<string>): void {
  if (value === null || typeof value !== 'object') return;
  if (isSecretReference(value)) {
    found.add(value.$secret);
    return;
  }
  for (const child of Object.values(value)) collectReferences(child as JsonValue, found);
}
