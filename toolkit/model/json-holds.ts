import { parseDuration } from './duration.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { isSecretReference } from './secret.ts';

/**
 * Where a configuration as its program prints it lacks something that was written, as a JSON pointer; null when it
 * holds all of it. The program may say more (every default) and say it otherwise: durations in its own spelling, paths
 * made absolute, secrets hidden, zero values left out, lists without order sorted.
 */
export function findMissing(printed: JsonValue | undefined, written: JsonValue): string | null {
  for (const missing of missingIn(printed, written)) return missing;
  return null;
}

/** Every such place; looks no further than it is asked for. */
export function* missingIn(
  printed: JsonValue | undefined,
  written: JsonValue,
  pointer = '',
): Generator<string, undefined> {
  if (Array.isArray(written) && Array.isArray(printed)) yield* missingEntries(printed, written, pointer);
  else if (isFields(written) && printed !== undefined && isJsonObject(printed)) {
    for (const [name, value] of Object.entries(written))
      yield* missingIn(printed[name], value, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  } else if (!isSame(printed, written)) yield pointer;
}

function isFields(written: JsonValue): written is JsonObject {
  return isJsonObject(written) && !isSecretReference(written);
}

function isSame(printed: JsonValue | undefined, written: JsonValue): boolean {
  if (printed === undefined || Array.isArray(written) || isFields(written)) return saysNothing(written);
  return isSameScalar(printed, written);
}

/** Each written entry at its own place, or else at any place that no other entry needs. */
function* missingEntries(
  printed: readonly JsonValue[],
  written: readonly JsonValue[],
  pointer: string,
): Generator<string, undefined> {
  const free = new Set<number>(printed.keys());
  const unplaced: number[] = [];
  for (const [index, value] of written.entries()) {
    const places = [index, ...free].filter((place) => free.has(place));
    const place = places.find((candidate) => findMissing(printed[candidate], value) === null);
    if (place === undefined) unplaced.push(index);
    else free.delete(place);
  }
  for (const index of unplaced) {
    const at = `${pointer}/${index}`;
    const value = written[index] as JsonValue;
    // What stands at its place is compared with it in detail, unless that is another entry.
    if (free.has(index)) yield* missingIn(printed[index], value, at);
    else yield at;
  }
}

/** What Go programs leave out when they print it. */
export function saysNothing(value: JsonValue): boolean {
  if (value === null || value === false || value === 0 || value === '' || value === '0s') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every(saysNothing);
}

function isSameScalar(printed: JsonValue, written: JsonValue): boolean {
  if (printed === written || printed === '<secret>') return true;
  const [left, right] = [String(printed), String(written)];
  if (left === right) return true;
  // A relative path is printed with the directory of the configuration before it.
  if (/[./]/.test(right) && left.endsWith(`/${right.replace(/^\.\//, '')}`)) return true;
  const milliseconds = parseDuration(right);
  return milliseconds !== null && milliseconds === parseDuration(left);
}
