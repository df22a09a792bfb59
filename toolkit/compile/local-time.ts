/** How far a time zone is ahead of UTC. Prometheus knows no zones, so one that changes in summer cannot be followed. */
export interface ZoneOffset {
  readonly seconds: number;
  readonly hasSummerTime: boolean;
}

/** Null: there is no such zone. Looked at on two fixed days, so that the answer does not depend on when it is asked. */
export function zoneOffset(zone: string): ZoneOffset | null {
  try {
    const [winter, summer] = [offsetOn(zone, 0), offsetOn(zone, 6)];
    // South of the equator the later one is standard time.
    return { seconds: Math.min(winter, summer), hasSummerTime: winter !== summer };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The clock of the zone as if it were UTC: `vector(time() + 28800)`. */
export function localTime(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'vector(time())';
  return `vector(time() ${offsetSeconds < 0 ? '-' : '+'} ${Math.abs(offsetSeconds)})`;
}

function offsetOn(zone: string, month: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const parts = format.formatToParts(new Date(Date.UTC(2026, month, 15, 12)));
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(text) ?? [];
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return sign === '-' ? -seconds : seconds;
}
