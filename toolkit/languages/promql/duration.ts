import type { Duration } from './expression.ts';

const units: readonly (readonly [unit: string, ms: number])[] = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];
const msOf = new Map(units);

/** More does not fit into the 64 bits of nanoseconds of Go. */
const longestMs = 9_223_372_036_854;

/** Milliseconds of `1h30m`, or null when it is longer than Prometheus can hold. The form was checked before. */
export function readDuration(text: string): number | null {
  let total = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)([a-z]+)/g))
    total += Number(count) * (msOf.get(unit) ?? 0);
  return total > longestMs ? null : total;
}

export function isTooLong(ms: number): boolean {
  return !(Math.abs(ms) <= longestMs);
}

/** As Prometheus prints it: `1h30m`; weeks and years only where nothing is left over. */
export function printDuration(duration: Duration): string {
  if (duration.kind === 'computed') return duration.text;
  const { ms } = duration;
  if (ms < 0) return `-${printDuration({ kind: 'fixed', ms: -ms })}`;
  if (!Number.isInteger(ms)) return `${ms / 1000}`;
  let rest = ms;
  let text = '';
  for (const [unit, size] of units) {
    if ((unit === 'y' || unit === 'w') && rest % size !== 0) continue;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === '' ? '0s' : text;
}
