/** Hours by name: it is such an hour when one of the intervals holds it. */
export interface NamedTimeInterval {
  readonly pointer: string;
  readonly name: string;
  readonly section: 'time_intervals' | 'mute_time_intervals';
  readonly intervals: readonly TimeInterval[];
}

/** All fields have to hold; null: the field says nothing; an empty list holds never. */
export interface TimeInterval {
  readonly times: readonly MinuteRange[] | null;
  /** 0 is Sunday. */
  readonly weekdays: readonly NumberRange[] | null;
  /** -1 is the last day of the month. */
  readonly daysOfMonth: readonly NumberRange[] | null;
  readonly months: readonly NumberRange[] | null;
  readonly years: readonly NumberRange[] | null;
  /** A zone of the IANA database. */
  readonly zone: string;
}

/** Minutes of the day, the last one not included. */
export interface MinuteRange {
  readonly start: number;
  readonly end: number;
}

/** Both ends included. */
export interface NumberRange {
  readonly begin: number;
  readonly end: number;
}

/** Whether a moment, in milliseconds since 1970, lies inside, as Alertmanager decides it. */
export function isWithin({ intervals }: NamedTimeInterval, atMs: number): boolean {
  return intervals.some((interval) => holds(interval, atMs));
}

function holds(interval: TimeInterval, atMs: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(interval.zone);
  const minute = local.hour * 60 + local.minute;
  const isHour = interval.times === null || interval.times.some(({ start, end }) => minute >= start && minute < end);
  return isHour && holdsOnDay(interval, local);
}

/** Whether the day of a moment is one of the interval's, whatever the hour. */
export function holdsOnDay(interval: TimeInterval, local: Temporal.ZonedDateTime): boolean {
  return (
    isIn(interval.months, local.month) &&
    isIn(interval.weekdays, local.dayOfWeek % 7) &&
    isIn(interval.years, local.year) &&
    (interval.daysOfMonth === null || isDayIn(interval.daysOfMonth, local))
  );
}

function isIn(ranges: readonly NumberRange[] | null, value: number): boolean {
  return ranges === null || ranges.some(({ begin, end }) => value >= begin && value <= end);
}

function isDayIn(ranges: readonly NumberRange[], local: Temporal.ZonedDateTime): boolean {
  const days = daysInMonth(local);
  const counted = (day: number) => Math.max(-days, Math.min(days, day < 0 ? days + day + 1 : day));
  return ranges.some(({ begin, end }) => begin <= days && local.day >= counted(begin) && local.day <= counted(end));
}

/**
 * Alertmanager up to 0.34 counts the hours of the month, so a month that loses an hour to daylight saving has a day less.
 */
function daysInMonth(local: Temporal.ZonedDateTime): number {
  const start = local.with({ day: 1 }).startOfDay();
  const hours = start.until(start.add({ months: 1 }), { largestUnit: 'hour' }).total('hour');
  return Math.floor(hours / 24);
}
