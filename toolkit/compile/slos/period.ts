import { parseDuration, printDuration, type SloWindow } from '../../model/index.ts';
import { localTime } from '../local-time.ts';

const dayMs = 86_400_000;

/** Length of the period by which budgets and burn factors are reckoned; of a calendar period its usual length. */
export function periodMs(window: SloWindow): number {
  if ('rolling' in window) return parseDuration(window.rolling) ?? 0;
  return window.calendar === 'month' ? 30 * dayMs : 91 * dayMs;
}

/** The longest that samples of it have to be kept: a month may have 31 days, a quarter 92. */
export function reachMs(window: SloWindow): number {
  if ('rolling' in window) return parseDuration(window.rolling) ?? 0;
  return window.calendar === 'month' ? 31 * dayMs : 92 * dayMs;
}

/** The label `window` of what is recorded over the whole period: `30d`, `month`. */
export function periodName(window: SloWindow): string {
  return 'rolling' in window ? printDuration(periodMs(window)) : window.calendar;
}

/** `the last 30d`, `the month in Asia/Shanghai` */
export function describePeriod(window: SloWindow): string {
  return 'rolling' in window ? `the last ${periodName(window)}` : `the ${window.calendar} in ${window.zone}`;
}

/** A series whose label `period` is the number of the running month or quarter, and whose value is 1. */
export function runningPeriod(
  window: Extract<SloWindow, { readonly calendar: unknown }>,
  offsetSeconds: number,
): string {
  const month = `month(${localTime(offsetSeconds)})`;
  return `count_values("period", ${window.calendar === 'month' ? month : `ceil(${month} / 3)`})`;
}

/** Days of the running period as PromQL; a quarter is reckoned with 91. */
export function daysOfPeriod(
  window: Extract<SloWindow, { readonly calendar: unknown }>,
  offsetSeconds: number,
): string {
  return window.calendar === 'month' ? `days_in_month(${localTime(offsetSeconds)})` : 'vector(91)';
}
