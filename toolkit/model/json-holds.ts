import { parseDuration } from './duration.ts';
import { isJsonObject, type JsonValue } from './json.ts';
import { isSecretReference } from './secret.ts';

/**
 * Where a configuration as its program prints it lacks something that was written, as a JSON pointer; null when it
 * holds all of it. The program may say more (every default) and say it otherwise: durations in its own spelling, paths
 * made absolute, secrets hidden, zero values left out, lists without order sorted.
 */
export function findMissing(printed: JsonValue | undefined, written: JsonValue, pointer = ''): string | null {
  if (printed === undefined) return saysNothing(written) ? null : pointer;
  if (Array.isArray(written)) return findMissingEntry(printed, written, pointer);
  if (isJsonObject(written) && !isSecretReference(written)) {
    if (!isJsonObject(printed)) return saysNothing(written) ? null : pointer;
    for (const [name, value] of Object.entries(written)) {
      const missing = findMissing(
        printed[name],
        value,
        `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      );
      if (missing !== null) return missing;
    }
    return null;
  }
  return isSameScalar(printed, written) ? null : pointer;
}

/** Each written entry at its own place, or else at any place that no other entry needs. */
function findMissingEntry(printed: JsonValue, written: readonly JsonValue[], pointer: string): string | null {
  if (!Array.isArray(printed)) return saysNothing(written) ? null : pointer;
  const free = new Set<number>(printed.keys());
  for (const [index, value] of written.entries()) {
    const places = [index, ...free].filter((place) => free.has(place));
    const place = places.find((candidate) => findMissing(printed[candidate] as JsonValue, value) === null);
    if (place === undefined)
      return findMissing(printed[index] as JsonValue | undefined, value, `${pointer}/${index}`) ?? pointer;
    free.delete(place);
  }
  return null;
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
