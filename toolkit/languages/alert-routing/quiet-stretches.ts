import type { AlertmanagerConfig, Route } from './config.ts';
import { holdsOnDay, isWithin, type NamedTimeInterval, type TimeInterval } from './time-intervals.ts';

/** From a moment to another, the latter not included; milliseconds since 1970. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** When a route is silent because of its intervals, inside a span of time, in order. */
export function quietStretches(route: Route, config: AlertmanagerConfig, span: Stretch): readonly Stretch[] {
  const stretchesOf = (names: readonly string[]) =>
    config.timeIntervals
      .filter(({ name }) => names.includes(name))
      .flatMap((interval) => stretchesInside(interval, span));
  const muted = stretchesOf(route.muteIntervals);
  if (route.activeIntervals.length === 0) return union(muted);
  return union([...muted, ...gapsBetween(union(stretchesOf(route.activeIntervals)), span)]);
}

/** How long an alert can wait for its route to be no longer silent; Infinity where it stays so to the end of the span. */
export function longestQuietMs(route: Route, config: AlertmanagerConfig, span: Stretch): number {
  const stretches = quietStretches(route, config, span);
  if (stretches.some(({ startMs, endMs }) => startMs <= span.startMs && endMs >= span.endMs))
    return Number.POSITIVE_INFINITY;
  return Math.max(0, ...stretches.map(({ startMs, endMs }) => endMs - startMs));
}

/** When it is such an hour, inside a span of time, in order. */
export function stretchesInside(named: NamedTimeInterval, span: Stretch): readonly Stretch[] {
  const found = named.intervals.flatMap((interval) => stretchesOfInterval(interval, named, span));
  const clipped = found.map(({ startMs, endMs }) => ({
    startMs: Math.max(startMs, span.startMs),
    endMs: Math.min(endMs, span.endMs),
  }));
  return union(clipped.filter(({ startMs, endMs }) => startMs < endMs));
}

function stretchesOfInterval(interval: TimeInterval, named: NamedTimeInterval, span: Stretch): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const end = span.endMs + dayMs;
  let day = Temporal.Instant.fromEpochMilliseconds(span.startMs).toZonedDateTimeISO(interval.zone).startOfDay();
  for (; day.epochMilliseconds < end; day = day.add({ days: 1 }).startOfDay()) {
    if (holdsOnDay(interval, day)) stretches.push(...stretchesOfDay(interval, named, day));
  }
  return stretches;
}

const wholeDay = [{ start: 0, end: 1440 }];

function stretchesOfDay(
  interval: TimeInterval,
  named: NamedTimeInterval,
  day: Temporal.ZonedDateTime,
): readonly Stretch[] {
  const startMs = day.epochMilliseconds;
  if (day.hoursInDay !== 24) return minuteByMinute({ ...named, intervals: [interval] }, day);
  return (interval.times ?? wholeDay).map(({ start, end }) => ({
    startMs: startMs + start * minuteMs,
    endMs: startMs + end * minuteMs,
  }));
}

/** On a day on which clocks change, an hour is missing or there twice. */
function minuteByMinute(named: NamedTimeInterval, day: Temporal.ZonedDateTime): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const end = day.add({ days: 1 }).startOfDay().epochMilliseconds;
  for (let startMs = day.epochMilliseconds; startMs < end; startMs += minuteMs)
    if (isWithin(named, startMs)) stretches.push({ startMs, endMs: startMs + minuteMs });
  return stretches;
}

function union(stretches: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  for (const next of [...stretches].sort((left, right) => left.startMs - right.startMs)) {
    const last = merged.at(-1);
    if (last === undefined || last.endMs < next.startMs) merged.push(next);
    else merged[merged.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, next.endMs) };
  }
  return merged;
}

function gapsBetween(stretches: readonly Stretch[], span: Stretch): readonly Stretch[] {
  const edges = [span.startMs, ...stretches.flatMap(({ startMs, endMs }) => [startMs, endMs]), span.endMs];
  return edges.flatMap((startMs, index) => {
    const endMs = edges[index + 1] ?? startMs;
    return index % 2 === 0 && startMs < endMs ? { startMs, endMs } : [];
  });
}
