const units: Readonly<Record<string, number>> = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

const form = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;

/** More does not fit into the 64 bits of nanoseconds of Go. */
const longestMs = 9_223_372_036_854;

/** Milliseconds of `1h30m`, as Prometheus and Alertmanager read it: units from long to short; null where they do not. */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0;
  if (text === '' || !form.test(text)) return null;
  let total = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)([a-z]+)/g)) total += Number(count) * (units[unit] ?? 0);
  return total > longestMs ? null : total;
}
