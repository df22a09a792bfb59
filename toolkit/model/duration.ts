const unitMs: Readonly<Record<string, number>> = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};
const durationPattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Milliseconds of a duration as Prometheus writes it (`1h30m`, `0`), or null when the text is none. */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0;
  const match = durationPattern.exec(text);
  if (text === '' || match === null) return null;
  return Object.values(unitMs).reduce((total, ms, index) => total + Number(match[index + 1] ?? 0) * ms, 0);
}

/** The shortest spelling that Prometheus and Alertmanager print themselves: `1h30m`, `45s`, `0s`. */
export function printDuration(durationMs: number): string {
  if (durationMs === 0) return '0s';
  let rest = durationMs;
  let text = '';
  for (const [unit, ms] of Object.entries(unitMs)) {
    // Years and weeks are printed only when nothing is left over, as Prometheus does it.
    if ((unit === 'y' || unit === 'w') && rest % ms !== 0) continue;
    const count = Math.floor(rest / ms);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * ms;
  }
  return text;
}
