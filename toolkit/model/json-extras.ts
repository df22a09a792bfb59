import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { findMissing, saysNothing } from './json-holds.ts';

/** What of a printed configuration may not be there unless it was written. */
export interface PrintedFields {
  /** Fields of which no default is printed. Of other fields a later version of the program may print any. */
  readonly told: ReadonlySet<string>;
  /** Fields that hold a map: each of its keys was written by somebody. */
  readonly maps: ReadonlySet<string>;
}

/**
 * Where a configuration as its program prints it says more than was written, as a JSON pointer; null when it does not:
 * the counterpart of `findMissing`. An entry of a list and a key of a map are always more; a field is when it is told.
 */
export function findExtra(printed: JsonValue, written: JsonValue | undefined, fields: PrintedFields): string | null {
  for (const extra of extrasIn(printed, written, fields)) return extra;
  return null;
}

/** Every such place; looks no further than it is asked for. */
export function* extrasIn(
  printed: JsonValue,
  written: JsonValue | undefined,
  fields: PrintedFields,
  pointer = '',
): Generator<string, undefined> {
  if (Array.isArray(printed)) yield* extraEntries(printed, Array.isArray(written) ? written : [], fields, pointer);
  if (!isJsonObject(printed)) return;
  const isMap = fields.maps.has(pointer.slice(pointer.lastIndexOf('/') + 1));
  const known: JsonObject = written !== undefined && isJsonObject(written) ? written : {};
  for (const [name, value] of Object.entries(printed)) {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (Object.hasOwn(known, name)) yield* extrasIn(value, known[name], fields, at);
    else if (isMap || (fields.told.has(name) && !saysNothing(value))) yield at;
  }
}

/** Each written entry takes one printed entry, at its own place if that fits; what is left over is more. */
function* extraEntries(
  printed: readonly JsonValue[],
  written: readonly JsonValue[],
  fields: PrintedFields,
  pointer: string,
): Generator<string, undefined> {
  const free = new Set<number>(printed.keys());
  const isHeld = (place: number, value: JsonValue) => findMissing(printed[place], value) === null;
  const hasNoMore = (place: number, value: JsonValue) => findExtra(printed[place] ?? null, value, fields) === null;
  for (const [index, value] of written.entries()) {
    const places = [index, ...free].filter((place) => free.has(place) && isHeld(place, value));
    const place = places.find((candidate) => hasNoMore(candidate, value)) ?? places[0];
    if (place === undefined) continue;
    free.delete(place);
    yield* extrasIn(printed[place] ?? null, value, fields, `${pointer}/${place}`);
  }
  const left = [...free].slice(0, Math.max(0, printed.length - written.length));
  for (const place of left) yield `${pointer}/${place}`;
}

/**
 * The value with some lists as objects of their entries by number. `findMissing` and `findExtra` take a list for one
 * whose order means nothing; in these it does, and an entry at another place is another one.
 */
export function listsByPosition(value: JsonValue, names: ReadonlySet<string>, field = ''): JsonValue {
  if (Array.isArray(value)) {
    const entries = value.map((entry: JsonValue) => listsByPosition(entry, names));
    return names.has(field) ? Object.fromEntries(entries.map((entry, index) => [String(index), entry])) : entries;
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, listsByPosition(entry, names, name)] as const),
  );
}
