import {
  isJsonObject,
  isSecretReference,
  type JsonObject,
  type JsonValue,
  type SecretReference,
  secretReferencesIn,
} from '../model/index.ts';

/** Stands in a plan for a real value where a secret belongs, when it is not the one that the reference names. */
export const unmatchedSecret: SecretReference = { $secret: 'unmatched:' };

/** True when a real value was left out, so that the object cannot be made from this spec again. */
export function lacksSecret(spec: JsonObject): boolean {
  return secretReferencesIn(spec).includes(unmatchedSecret.$secret);
}

/** The key of `PlanInput.secrets`. */
export function secretKey(stack: string, reference: string): string {
  return `${stack} ${reference}`;
}

/**
 * The observed spec without the plain text of secrets. A provider puts references back where the value matches; what
 * is left at such a place is a former, a later or somebody's own secret, and must not get into plan, log or review.
 *
 * Places are compared without list positions: after an insert by hand, `/receivers/1/url` is still where a secret of
 * `/receivers/0/url` may stand.
 */
export function maskSecrets(observed: JsonObject, declared: readonly JsonObject[]): JsonObject {
  const places = new Set<string>();
  for (const spec of declared) collectPlaces(spec, '', places);
  return places.size === 0 ? observed : (maskValue(observed, '', places) as JsonObject);
}

function collectPlaces(value: JsonValue, place: string, places: Set<string>): void {
  if (value === null || typeof value !== 'object') return;
  if (isSecretReference(value)) {
    places.add(place);
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value) collectPlaces(element, `${place}/*`, places);
    return;
  }
  for (const [key, child] of Object.entries(value)) collectPlaces(child as JsonValue, placeOf(place, key), places);
}

function maskValue(value: JsonValue, place: string, places: ReadonlySet<string>): JsonValue {
  if (places.has(place)) return isSecretReference(value) ? value : unmatchedSecret;
  if (Array.isArray(value)) return value.map((element) => maskValue(element, `${place}/*`, places));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, maskValue(child, placeOf(place, key), places)]),
  );
}

/** Marked, so that `*` as a key is not a list. */
function placeOf(place: string, key: string): string {
  return `${place}/=${key}`;
}
