import {
  type AppliedResource,
  type FieldChange,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  secretReferencesIn,
} from '../model/index.ts';
import { childPointer } from './json-pointer.ts';

/** References whose value is another than the one that was written, as far as the values are at hand. */
export function rotatedSecrets(
  record: AppliedResource,
  spec: JsonObject,
  digestAtHand: (reference: string) => string | undefined,
): readonly string[] {
  const rotated = Object.entries(record.secrets).filter(([reference, written]) => {
    const digest = digestAtHand(reference);
    return digest !== undefined && digest !== written;
  });
  if (rotated.length === 0) return [];
  const inUse = new Set(secretReferencesIn(spec));
  return rotated
    .map(([reference]) => reference)
    .filter((reference) => inUse.has(reference))
    .sort();
}

/** Where the references stand: a rotated secret changes these fields, though the reference stays. */
export function secretFields(spec: JsonObject, references: readonly string[]): readonly FieldChange[] {
  const fields: FieldChange[] = [];
  collectSecretFields('', spec, new Set(references), fields);
  return fields;
}

function collectSecretFields(
  pointer: string,
  value: JsonValue,
  references: ReadonlySet<string>,
  fields: FieldChange[],
): void {
  if (value === null || typeof value !== 'object') return;
  if (isSecretReference(value)) {
    if (references.has(value.$secret)) fields.push({ pointer, before: value, after: value });
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    collectSecretFields(childPointer(pointer, key), child as JsonValue, references, fields);
  }
}

/** True for a field that differs only because its secret was rotated: nobody else need have changed it. */
export function isRotation(declared: JsonValue | undefined, rotated: readonly string[]): boolean {
  return isSecretReference(declared) && rotated.includes(declared.$secret);
}
