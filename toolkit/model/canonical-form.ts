import { parseDuration, printDuration } from './duration.ts';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue, jsonEquals } from './json.ts';
import { isSecretReference } from './secret.ts';

/**
 * How one value is brought into the form in which it is compared. Undefined: it says no more than its absence would.
 *
 * A configuration's canonical form is a table of these, which leaves out what the table does not name:
 *
 * ```ts
 * const scrapeConfig = fields({ metrics_path: unless('/metrics'), scrape_interval: duration(), static_configs: inAnyOrder(group) });
 * scrapeConfig({ job_name: 'a', metrics_path: '/metrics', scrape_interval: '60s' })   // { job_name: 'a', scrape_interval: '1m' }
 * ```
 */
export type CanonicalForm = (value: JsonValue) => JsonValue | undefined;

/** An object, field by field; what the table does not name stays as it is. An empty one says nothing. */
export function fields(forms: Readonly<Record<string, CanonicalForm>>): CanonicalForm {
  return (value) => {
    if (!isJsonObject(value) || isSecretReference(value)) return value;
    const object = canonicalFields(value, forms);
    return Object.keys(object).length === 0 ? undefined : object;
  };
}

/** As `fields`, for a whole spec: it stays an object when nothing is left in it. A null is an absent field in YAML. */
export function canonicalFields(object: JsonObject, forms: Readonly<Record<string, CanonicalForm>>): JsonObject {
  const result: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(object)) {
    if (value === null) continue;
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    const canonical = form === undefined ? value : form(value);
    if (canonical !== undefined) result[name] = canonical;
  }
  return result;
}

/** The value, unless it is what the target takes when nothing is said. */
export function unless(standard: JsonValue): CanonicalForm {
  return (value) => (jsonEquals(value, standard) ? undefined : value);
}

/** A duration in the spelling in which Prometheus prints it, unless it is the standard one. */
export function duration(standard?: string): CanonicalForm {
  return (value) => {
    const milliseconds = typeof value === 'string' ? parseDuration(value) : null;
    if (milliseconds === null) return value;
    return standard !== undefined && milliseconds === parseDuration(standard) ? undefined : printDuration(milliseconds);
  };
}

/** A list whose order means something. An empty one says nothing. */
export function inOrder(entry: CanonicalForm = asIs): CanonicalForm {
  return (value) => (Array.isArray(value) ? canonicalList(value, entry) : value);
}

/** A list whose order means nothing: sorted by what its entries say. */
export function inAnyOrder(entry: CanonicalForm = asIs): CanonicalForm {
  return (value) => (Array.isArray(value) ? sorted(canonicalList(value, entry), canonicalJson) : value);
}

/** As `inAnyOrder`, for entries that have a name. */
export function inAnyOrderByName(name: string, entry: CanonicalForm): CanonicalForm {
  const nameOf = (value: JsonValue) => (isJsonObject(value) ? String(value[name]) : '');
  return (value) => (Array.isArray(value) ? sorted(canonicalList(value, entry), (one) => nameOf(one)) : value);
}

/** An object whose keys are names, all of one form. An empty entry stays: its name is there. */
export function eachValue(form: CanonicalForm): CanonicalForm {
  return (value) => {
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, form(entry) ?? {}]));
  };
}

/** A map of texts: what YAML or JSON takes for a number or a boolean is the text that the target reads. */
export const texts: CanonicalForm = (value) => {
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, text]) => [name, isScalar(text) ? String(text) : text]));
};

/** Blanks around a text mean nothing. */
export const trimmed: CanonicalForm = (value) => (typeof value === 'string' ? value.trim() : value);

function asIs(value: JsonValue): JsonValue {
  return value;
}

function canonicalList(list: readonly JsonValue[], entry: CanonicalForm): readonly JsonValue[] | undefined {
  // An entry that says nothing is still an entry: a route without a field is a route.
  return list.length === 0 ? undefined : list.map((value) => entry(value) ?? {});
}

function sorted(
  list: readonly JsonValue[] | undefined,
  keyOf: (value: JsonValue) => string,
): readonly JsonValue[] | undefined {
  if (list === undefined) return undefined;
  const keyed = list.map((value) => ({ key: keyOf(value), value }));
  // Entries of one name are told apart by all they say, or the order would hang on where they stood.
  keyed.sort(
    (left, right) => compare(left.key, right.key) || compare(canonicalJson(left.value), canonicalJson(right.value)),
  );
  return keyed.map(({ value }) => value);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
