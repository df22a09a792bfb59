import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { isSecretReference, type SecretReference, secretReferencesIn } from './secret.ts';

/**
 * The observed spec with secret references back where their values are: then an unchanged secret is no difference, and
 * its text gets into no plan. A secret that differs from the declared one stays as it was seen.
 *
 * Places are compared without list positions, because a canonical list may be sorted, and somebody may have put an entry
 * in by hand: any reference that is declared somewhere at `/receivers/(any)/url` may stand at `/receivers/2/url`.
 */
export async function putBackReferences(
  observed: JsonObject,
  declared: JsonObject,
  resolve: (reference: string) => Promise<string>,
): Promise<JsonObject> {
  // Of ten thousand objects a few have secrets: only theirs are worth the names of all their places.
  if (secretReferencesIn(declared).length === 0) return observed;
  const places = new Map<string, SecretReference[]>();
  collectPlaces(declared, '', places);
  const values = new Map<string, string>();
  for (const { $secret } of [...places.values()].flat()) {
    if (!values.has($secret)) values.set($secret, await resolve($secret));
  }
  return putBack(observed, '', places, values) as JsonObject;
}

function collectPlaces(value: JsonValue, place: string, places: Map<string, SecretReference[]>): void {
  if (value === null || typeof value !== 'object') return;
  if (isSecretReference(value)) {
    places.set(place, [...(places.get(place) ?? []), value]);
    return;
  }
  for (const [child, step] of childrenOf(value)) collectPlaces(child, place + step, places);
}

function putBack(
  value: JsonValue,
  place: string,
  places: ReadonlyMap<string, readonly SecretReference[]>,
  values: ReadonlyMap<string, string>,
): JsonValue {
  if (typeof value === 'string') {
    return places.get(place)?.find(({ $secret }) => values.get($secret) === value) ?? value;
  }
  if (Array.isArray(value)) return value.map((entry) => putBack(entry, `${place}/*`, places, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, putBack(child, `${place}/=${name}`, places, values)]),
  );
}

/** `=` marks a name, so that a field called `*` is not a list. */
function childrenOf(value: readonly JsonValue[] | JsonObject): readonly (readonly [JsonValue, string])[] {
  if (Array.isArray(value)) return value.map((entry) => [entry, '/*'] as const);
  return Object.entries(value).map(([name, child]) => [child, `/=${name}`] as const);
}
