import { quantileOf } from './quantiles.ts';

/** Which way is trouble. */
export type Direction = 'above' | 'below';

export interface ThresholdWish {
  readonly direction: Direction;
  /** Share of the samples that is to lie on the quiet side. */
  readonly quantile: number;
  /** Room beyond that, as a share of it. */
  readonly headroom: number;
}

export interface ProposedThreshold {
  /** Share of the samples that lie below the value that was found. */
  readonly share: number;
  readonly found: number;
  /** With headroom, and rounded to two digits away from what is normal. */
  readonly threshold: number;
}

/** A threshold from samples; null where there are none. */
export function proposeThreshold(samples: readonly number[], wish: ThresholdWish): ProposedThreshold | null {
  const { direction, quantile, headroom } = wish;
  const share = direction === 'above' ? quantile : Number((1 - quantile).toFixed(6));
  const found = quantileOf(share, samples);
  if (found === null || !Number.isFinite(found)) return null;
  const room = Math.abs(found) * headroom;
  return { share, found, threshold: roundAway(direction === 'above' ? found + room : found - room, direction) };
}

function roundAway(value: number, direction: Direction): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  // A value that is round already must not be pushed on by what binary fractions add to it.
  const steps = Number((value / unit).toFixed(6));
  const rounded = direction === 'above' ? Math.ceil(steps) : Math.floor(steps);
  return Number((rounded * unit).toPrecision(2));
}

/** Quantiles by hour of the week from Monday at midnight, in a place; null for an hour without samples. */
export function quantilesByHour(
  samples: readonly { readonly atMs: number; readonly value: number }[],
  share: number,
  timeZone: string,
): readonly (readonly (number | null)[])[] {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, (): number[] => []));
  const places = new Map<number, readonly [number, number]>();
  for (const { atMs, value } of samples) {
    const hourMs = Math.floor(atMs / quarterMs) * quarterMs;
    const place = places.get(hourMs) ?? placeOf(hourMs, timeZone);
    places.set(hourMs, place);
    hours[place[0]]?.[place[1]]?.push(value);
  }
  return hours.map((row) => row.map((own) => quantileOf(share, own)));
}

/** Zones differ from each other by quarters of an hour. */
const quarterMs = 900_000;

function placeOf(atMs: number, timeZone: string): readonly [number, number] {
  const { dayOfWeek, hour } = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  return [dayOfWeek - 1, hour];
}
