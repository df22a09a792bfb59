import type { JsonObject } from '../../model/index.ts';
import { objectsIn, textsIn } from './field-names.ts';

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const minutesOfDay = 24 * 60;

export type MovedInterval =
  | { readonly kind: 'moved'; readonly interval: JsonObject }
  /** A zone whose distance to UTC changes, or a part that cannot be moved by hours. */
  | { readonly kind: 'stuck'; readonly zone: string };

/**
 * A time interval in UTC, as AlertmanagerConfig has no zones. Hours of a zone that is always as far from UTC are other
 * hours there, some of them of the day before or after: Monday 06:00 to 22:00 in Shanghai is Sunday from 22:00 and Monday
 * to 14:00.
 */
export function moveInterval(named: JsonObject, offsetOf: (zone: string) => number | null): MovedInterval {
  const parts: JsonObject[] = [];
  for (const part of objectsIn(named.time_intervals)) {
    const zone = typeof part.location === 'string' ? part.location : 'UTC';
    const offset = zone === 'UTC' ? 0 : offsetOf(zone);
    const moved = offset === null ? null : movePart(part, offset / 60);
    if (moved === null) return { kind: 'stuck', zone };
    parts.push(...moved);
  }
  return { kind: 'moved', interval: { name: named.name ?? '', timeIntervals: parts } };
}

/** Null where days of months or years would have to be moved too: their ends are not where those of a day are. */
function movePart({ location: _, ...part }: JsonObject, offset: number): readonly JsonObject[] | null {
  const { weekdays, times, days_of_month: dates, months, years } = part;
  const kept = {
    ...(dates === undefined ? {} : { daysOfMonth: textsIn(dates).map(dateRange) }),
    ...(months === undefined ? {} : { months }),
    ...(years === undefined ? {} : { years }),
  };
  if (offset === 0)
    return [{ ...kept, ...(weekdays === undefined ? {} : { weekdays }), ...timesOf(objectsIn(times).map(rangeOf)) }];
  if (Object.keys(kept).length > 0) return null;
  const whole = [{ from: 0, to: minutesOfDay }];
  const ranges = times === undefined ? whole : objectsIn(times).map(rangeOf);
  return ranges.flatMap((range) => moveRange(range, offset, weekdays === undefined ? null : daysIn(textsIn(weekdays))));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A range of a day, moved, is one of the same day, of a neighbour, or of both. */
function moveRange({ from, to }: Range, offset: number, of: ReadonlySet<number> | null): readonly JsonObject[] {
  const [start, end] = [from - offset, to - offset];
  return [-1, 0, 1].flatMap((shift): readonly JsonObject[] => {
    const [first, last] = [shift * minutesOfDay, (shift + 1) * minutesOfDay];
    const range = { from: Math.max(start, first) - first, to: Math.min(end, last) - first };
    if (range.from >= range.to) return [];
    const weekdays =
      of === null ? {} : { weekdays: [...of].map((day) => days[(day + shift + 7) % 7] ?? '').sort(byDay) };
    return [{ ...weekdays, ...timesOf([range]) }];
  });
}

function byDay(left: string, right: string): number {
  return days.indexOf(left) - days.indexOf(right);
}

function daysIn(weekdays: readonly string[]): ReadonlySet<number> {
  return new Set(
    weekdays.flatMap((text) => {
      const [first = 0, last = first] = text.split(':').map((day) => days.indexOf(day.toLowerCase()));
      return days.flatMap((_, index) => (index >= first && index <= last ? [index] : []));
    }),
  );
}

function dateRange(text: string): JsonObject {
  const [start = 1, end = start] = text.split(':').map(Number);
  return { start, end };
}

function rangeOf({ start_time: from, end_time: to }: JsonObject): Range {
  return { from: minutesOf(from), to: minutesOf(to) };
}

function minutesOf(time: JsonObject[string] | undefined): number {
  const [hours = 0, minutes = 0] = String(time).split(':').map(Number);
  return hours * 60 + minutes;
}

function timesOf(ranges: readonly Range[]): JsonObject {
  if (ranges.length === 0) return {};
  return { times: ranges.map(({ from, to }) => ({ startTime: clock(from), endTime: clock(to) })) };
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
