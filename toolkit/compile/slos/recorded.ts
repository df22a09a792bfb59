import { type JsonObject, parseDuration, printDuration } from '../../model/index.ts';
import { zoneOffset } from '../local-time.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';
import { type BurnLevel, budgetOf, burnLevels } from './burn-rate.ts';
import { type Measure, measure, ruleInterval } from './indicator.ts';
import { sloLabels } from './labels.ts';
import { maintenance } from './maintenance.ts';
import { daysOfPeriod, periodName, runningPeriod } from './period.ts';
import type { UpheldSlo } from './upheld.ts';

/** One recording rule before it has its labels. */
export interface Recorded {
  /** Part of an address: `error_ratio:1h`. */
  readonly name: string;
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Series of one objective, in the order in which they need each other:
 *
 *   slo:objective, slo:good, slo:total          what is held, and what happens now
 *   slo:fraction                                the good share now; 1 where nothing is asked. Seen by the tiers above
 *   slo:error_ratio, slo:events {window}        over each window
 *   slo:burn_rate {window}                      the same in multiples of what is allowed
 *   slo:budget_remaining                        1 is untouched, 0 is spent, less is overspent
 *
 * Long windows are sums of good over sums of total of the recorded series, so that a quiet night weighs as little as it
 * should, and a month costs two series and not all counters of the service.
 */
export function recordedSeries(operated: OperatedStack, upheld: UpheldSlo): readonly Recorded[] {
  const { slo, items } = upheld;
  const measured = measure(
    operated,
    slo,
    items.map(({ id }) => id),
  );
  const levels = burnLevels(slo);
  const series = seriesOf(slo.id);
  return [
    objective(upheld),
    ...events(operated, upheld, measured, levels),
    fraction(operated, upheld),
    ...windowsOf(upheld, levels).flatMap((window) => overWindow(operated, upheld, measured, window)),
    ...overPeriod(operated, upheld),
    {
      name: 'burn_rate',
      record: 'slo:burn_rate',
      expr: `${series('error_ratio')} / ${budgetOf(slo.objective)}`,
      labels: {},
      text: 'How many times faster than allowed the error budget burns, by window.',
    },
    budget(operated, upheld, measured),
  ];
}

/** A part that is in maintenance is not what fails, and must not make a composite unknown. */
function fraction({ organisation }: OperatedStack, { slo }: UpheldSlo): Recorded {
  const series = seriesOf(slo.id);
  const excluded = maintenance(slo, organisation.calendars);
  const now = `${series('good')} / (${series('total')} > 0) or ${series('total')} == bool 0`;
  return {
    name: 'fraction',
    record: 'slo:fraction',
    expr: excluded === null ? now : `${now} or on () 0 * max(${excluded}) + 1`,
    labels: {},
    text: `Good share now; 1 where nothing is asked${excluded === null ? '' : ', and in maintenance'}.`,
  };
}

/** `slo:good{slo="mes-answers"}`, with more matchers where they are given. */
export function seriesOf(id: string): (name: string, matchers?: string) => string {
  return (name, matchers) => `slo:${name}{slo="${id}"${matchers === undefined ? '' : `,${matchers}`}}`;
}

/** Windows of the recorded series that are no whole period, the shortest first. */
function windowsOf({ slo }: UpheldSlo, levels: readonly BurnLevel[]): readonly number[] {
  const guard = slo.lowTraffic === undefined ? [] : [parseDuration(slo.lowTraffic.in) ?? 0];
  const all = new Set([...levels.flatMap(({ longMs, shortMs }) => [longMs, shortMs]), ...guard]);
  return [...all].sort((left, right) => left - right);
}

function objective({ slo }: UpheldSlo): Recorded {
  const promise = slo.promised === undefined ? '' : ` Promised to ${slo.promised.to}: ${slo.promised.objective}.`;
  return {
    name: 'objective',
    record: 'slo:objective',
    expr: `vector(${slo.objective})`,
    labels: { period: periodName(slo.window) },
    text: `Objective: ${slo.title.en}.${promise}`,
  };
}

const fiveMinutesMs = 300_000;
const hourMs = 3_600_000;

/** The rate of events that everything longer is summed from: five minutes, or less where a window is shorter. */
function baseMs(levels: readonly BurnLevel[]): number {
  return Math.min(fiveMinutesMs, ...levels.map(({ shortMs }) => shortMs));
}

function events(
  operated: OperatedStack,
  upheld: UpheldSlo,
  measured: Measure,
  levels: readonly BurnLevel[],
): readonly Recorded[] {
  const excluded = maintenance(upheld.slo, operated.organisation.calendars);
  const outside = (expr: string) => (excluded === null ? expr : `(${expr}) unless on () (${excluded})`);
  const base = paced(operated, printDuration(baseMs(levels)));
  const good = measured.of === 'time' ? measured.good : measured.good(base);
  const total = measured.of === 'time' ? `0 * ${seriesOf(upheld.slo.id)('good')} + 1` : outside(measured.total(base));
  const what = measured.of === 'time' ? 'Whether it is good now' : `Good events per second over ${base}`;
  const except = excluded === null ? '' : ', outside of maintenance';
  return [
    { name: 'good', record: 'slo:good', expr: outside(good), labels: {}, text: `${what}${except}.` },
    { name: 'total', record: 'slo:total', expr: total, labels: {}, text: `All that counts${except}.` },
  ];
}

/** Up to an hour events are read from their counters: a rate over five minutes sees a failure too late for them. */
function overWindow(
  operated: OperatedStack,
  { slo }: UpheldSlo,
  measured: Measure,
  windowMs: number,
): readonly Recorded[] {
  const series = seriesOf(slo.id);
  const window = printDuration(windowMs);
  const range = paced(operated, window);
  const sum = (name: string) => `sum_over_time(${series(name)}[${range}])`;
  const isFromCounters = measured.of === 'events' && windowMs <= hourMs && (slo.excludes ?? []).length === 0;
  const [good, total] = isFromCounters ? [measured.good(range), measured.total(range)] : [sum('good'), sum('total')];
  const ratio: Recorded = {
    name: `error_ratio:${window}`,
    record: 'slo:error_ratio',
    expr: `1 - (${good}) / (${total} > 0)`,
    labels: { window },
    text: `Share of errors over ${window}, ${isFromCounters ? 'from the counters' : 'weighted by what happened'}.`,
  };
  if (slo.lowTraffic === undefined || windowMs !== parseDuration(slo.lowTraffic.in)) return [ratio];
  return [
    ratio,
    {
      name: `events:${window}`,
      record: 'slo:events',
      expr: `${sum('total')} * ${sampleSeconds(operated)}`,
      labels: { window },
      text: `How much happened within ${window}.`,
    },
  ];
}

/** Each recorded sample stands for so much time. */
function sampleSeconds(operated: OperatedStack): number {
  return (parseDuration(paced(operated, ruleInterval)) ?? 0) / 1000;
}

function overPeriod(operated: OperatedStack, { slo }: UpheldSlo): readonly Recorded[] {
  const series = seriesOf(slo.id);
  const window = periodName(slo.window);
  const ratio = (good: string, total: string): Recorded => ({
    name: `error_ratio:${window}`,
    record: 'slo:error_ratio',
    expr: `1 - ${good} / (${total} > 0)`,
    labels: { window },
    text: `Share of errors over the whole period, weighted by what happened.`,
  });
  if ('rolling' in slo.window) {
    const range = paced(operated, slo.window.rolling);
    return [ratio(`sum_over_time(${series('good')}[${range}])`, `sum_over_time(${series('total')}[${range}])`)];
  }
  return [
    ...(['good', 'total'] as const).map((name) => byPeriod(slo.id, name, slo.window as CalendarWindow)),
    ratio(soFar(slo.id, 'good', slo.window), soFar(slo.id, 'total', slo.window)),
  ];
}

type CalendarWindow = Extract<UpheldSlo['slo']['window'], { readonly calendar: unknown }>;

/** Each sample under the number of the month it is of: so a sum can begin with the month, whatever day it is. */
function byPeriod(id: string, name: 'good' | 'total', window: CalendarWindow): Recorded {
  const running = runningPeriod(window, offsetOf(window));
  return {
    name: `${name}_by_period`,
    record: `slo:${name}_by_period`,
    expr: `${running} * on () group_left () ${seriesOf(id)(name)}`,
    labels: {},
    text: `The same, by the number of the ${window.calendar}.`,
  };
}

function soFar(id: string, name: 'good' | 'total', window: CalendarWindow): string {
  const reach = window.calendar === 'month' ? '31d' : '92d';
  const running = runningPeriod(window, offsetOf(window));
  return `sum without (period) (sum_over_time(${seriesOf(id)(`${name}_by_period`)}[${reach}]) and on (period) ${running})`;
}

function offsetOf({ zone }: CalendarWindow): number {
  return zoneOffset(zone)?.seconds ?? 0;
}

/**
 * Of a calendar period in which time is counted, the whole of its budget is known on its first day: 0.1 % of 30 days is
 * 43 minutes. How many events a month will have nobody knows, so theirs is the budget of those that have come.
 */
function budget(operated: OperatedStack, { slo }: UpheldSlo, measured: Measure): Recorded {
  const series = seriesOf(slo.id);
  const allowed = budgetOf(slo.objective);
  const text = 'What is left of the error budget: 1 is all of it, 0 is none.';
  const common = { name: 'budget_remaining', record: 'slo:budget_remaining', labels: {}, text };
  if ('rolling' in slo.window || measured.of === 'events') {
    const ratio = series('error_ratio', `window="${periodName(slo.window)}"`);
    return { ...common, expr: `1 - sum without (window) (${ratio}) / ${allowed}` };
  }
  const bad = `(${soFar(slo.id, 'total', slo.window)} - ${soFar(slo.id, 'good', slo.window)}) * ${sampleSeconds(operated)}`;
  const seconds = `${daysOfPeriod(slo.window, offsetOf(slo.window))} * ${rounded(86_400 * allowed)}`;
  return { ...common, expr: `1 - ${bad} / on () group_left () (${seconds})` };
}

function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

/** The rule as Prometheus reads it. */
export function recordingRule(upheld: UpheldSlo, { record, expr, labels }: Recorded): JsonObject {
  return { record, expr, labels: { ...sloLabels(upheld), ...labels } };
}
