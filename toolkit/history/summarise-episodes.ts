import { type Episode, firingStretch } from './replay-alert.ts';
import { labelKey } from './series.ts';

/** What an alert did over some time, in numbers. */
export interface EpisodeSummary {
  readonly fired: number;
  /** Began, and went away before it fired. */
  readonly pendingOnly: number;
  readonly firingMs: number;
  readonly longestMs: number;
  /** Fired again within an hour of its end. */
  readonly flaps: number;
  /** Goes on at the end of what was looked at. */
  readonly ongoing: number;
  /** Cut off by a gap in the history. */
  readonly cutOff: number;
  /** Began to fire, by day, `2026-11-21`. */
  readonly byDay: Readonly<Record<string, number>>;
  /** Began to fire, by day of the week from Monday, and hour. */
  readonly byHourOfWeek: readonly (readonly number[])[];
  /** Share that began between 22:00 and 6:00, and on a Saturday or Sunday; null where nothing fired. */
  readonly nightShare: number | null;
  readonly weekendShare: number | null;
  readonly byItem: readonly ItemSummary[];
}

export interface ItemSummary {
  /** The label `item`; what has none is counted together. */
  readonly item: string | null;
  readonly fired: number;
  readonly pendingOnly: number;
  readonly firingMs: number;
  readonly longestMs: number;
}

const flapMs = 3_600_000;
const night = { from: 22, to: 6 };

/** Days and hours are those of the time zone in which people are told. */
export function summariseEpisodes(episodes: readonly Episode[], untilMs: number, timeZone: string): EpisodeSummary {
  const fired = episodes.filter(({ firedAtMs }) => firedAtMs !== null);
  const begins = fired.map(({ firedAtMs }) =>
    Temporal.Instant.fromEpochMilliseconds(firedAtMs ?? 0).toZonedDateTimeISO(timeZone),
  );
  const share = (counted: (begin: Temporal.ZonedDateTime) => boolean) =>
    begins.length === 0 ? null : begins.filter(counted).length / begins.length;
  return {
    ...countsOf(episodes, untilMs),
    flaps: countFlaps(fired),
    ongoing: fired.filter(({ endedAtMs }) => endedAtMs === null).length,
    cutOff: fired.filter(({ isCutOff }) => isCutOff).length,
    byDay: countDays(begins),
    byHourOfWeek: countHours(begins),
    nightShare: share(({ hour }) => hour >= night.from || hour < night.to),
    weekendShare: share(({ dayOfWeek }) => dayOfWeek >= 6),
    byItem: itemsOf(episodes, untilMs),
  };
}

function countsOf(episodes: readonly Episode[], untilMs: number): Omit<ItemSummary, 'item'> {
  const lengths = episodes.flatMap((episode) => {
    const stretch = firingStretch(episode, untilMs);
    return stretch === null ? [] : [stretch.toMs - stretch.fromMs];
  });
  return {
    fired: lengths.length,
    pendingOnly: episodes.length - lengths.length,
    firingMs: lengths.reduce((sum, length) => sum + length, 0),
    longestMs: lengths.reduce((longest, length) => Math.max(longest, length), 0),
  };
}

function countFlaps(fired: readonly Episode[]): number {
  const byAlert = Map.groupBy(fired, ({ labels }) => labelKey(labels));
  return [...byAlert.values()].reduce(
    (sum, own) => sum + own.filter((one, index) => isFlap(own[index - 1], one)).length,
    0,
  );
}

function isFlap(before: Episode | undefined, { firedAtMs }: Episode): boolean {
  const ended = before?.endedAtMs ?? null;
  return ended !== null && firedAtMs !== null && firedAtMs - ended <= flapMs;
}

function countDays(begins: readonly Temporal.ZonedDateTime[]): Readonly<Record<string, number>> {
  const days = Map.groupBy(begins, (begin) => begin.toPlainDate().toString());
  return Object.fromEntries(
    [...days].sort(([left], [right]) => (left < right ? -1 : 1)).map(([day, own]) => [day, own.length]),
  );
}

function countHours(begins: readonly Temporal.ZonedDateTime[]): readonly (readonly number[])[] {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { dayOfWeek, hour } of begins) {
    const day = hours[dayOfWeek - 1];
    if (day !== undefined) day[hour] = (day[hour] ?? 0) + 1;
  }
  return hours;
}

/** The noisiest first. */
function itemsOf(episodes: readonly Episode[], untilMs: number): readonly ItemSummary[] {
  const byItem = Map.groupBy(episodes, ({ labels }) => labels.item ?? null);
  const items = [...byItem].map(([item, own]) => ({ item, ...countsOf(own, untilMs) }));
  return items.sort(
    (left, right) => right.fired - left.fired || right.firingMs - left.firingMs || compareTexts(left.item, right.item),
  );
}

function compareTexts(left: string | null, right: string | null): number {
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
