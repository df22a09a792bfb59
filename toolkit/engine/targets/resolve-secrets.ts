import {
  digestSecret,
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  secretReferencesIn,
} from '../../model/index.ts';

export interface ResolvedSpec {
  /** With the values in place of the references: goes to the provider and nowhere else. */
  readonly spec: JsonObject;
  /** Salted digests of the values, by reference. */
  readonly digests: Readonly<Record<string, string>>;
}

/** Puts secret values where a spec has references. Called just before the write; what it gives is never kept. */
export async function resolveSecrets(
  spec: JsonObject,
  salt: string,
  resolve: (reference: string) => Promise<string>,
): Promise<ResolvedSpec> {
  const references = [...secretReferencesIn(spec)].sort();
  if (references.length === 0) return { spec, digests: {} };
  const values = new Map<string, string>();
  for (const reference of references) values.set(reference, await resolve(reference));
  const digests = Object.fromEntries([...values].map(([reference, value]) => [reference, digestSecret(salt, value)]));
  return { spec: withValues(spec, values) as JsonObject, digests };
}

function withValues(value: JsonValue, values: ReadonlyMap<string, string>): JsonValue {
  if (isSecretReference(value)) return values.get(value.$secret) ?? value;
  if (Array.isArray(value)) return value.map((element) => withValues(element, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withValues(child, values)]));
}
