import { digestSecret, isJsonObject, isSecretReference, type JsonValue } from '../../model/index.ts';
import { unmatchedSecret } from '../../plan/secret-mask.ts';

/** What tells whether a value is the one behind a reference, without holding it. */
export interface SecretDigests {
  readonly salt: string;
  /** By reference. */
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * Whether an observed spec is the recorded one; both are canonical. Where the record has a secret reference, the target
 * may show the same reference (a provider puts it back where the value is the present one) or a plain value, which is
 * then compared by its digest.
 */
export function matchesRecord(
  observed: JsonValue | undefined,
  recorded: JsonValue | undefined,
  secrets: SecretDigests,
): boolean {
  if (observed === recorded) return true;
  if (isSecretReference(recorded)) return matchesSecret(observed, recorded.$secret, secrets);
  if (Array.isArray(recorded)) {
    if (!Array.isArray(observed) || observed.length !== recorded.length) return false;
    return recorded.every((value, index) => matchesRecord(observed[index], value, secrets));
  }
  if (!isJsonObject(recorded) || !isJsonObject(observed)) return false;
  const keys = Object.keys(recorded);
  if (Object.keys(observed).length !== keys.length) return false;
  return keys.every((key) => Object.hasOwn(observed, key) && matchesRecord(observed[key], recorded[key], secrets));
}

function matchesSecret(observed: JsonValue | undefined, reference: string, { salt, digests }: SecretDigests): boolean {
  if (isSecretReference(observed)) return observed.$secret === reference;
  // The plan saw a secret there that was not the declared one, and nobody kept what it was.
  if (reference === unmatchedSecret.$secret) return typeof observed === 'string';
  return typeof observed === 'string' && digestSecret(salt, observed) === digests[reference];
}
