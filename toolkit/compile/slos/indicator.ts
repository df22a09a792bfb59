import {
  type AlertCondition,
  type CompositeIndicator,
  type CounterSelector,
  parseDuration,
  type Slo,
  type SloIndicator,
  type TimeSliceIndicator,
} from '../../model/index.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';
import { signalSeries } from '../signal-series.ts';
import { itemMatcher, type Matcher, printSelector, withItems } from './counters.ts';

/**
 * What an indicator counts, as PromQL. Events are counted per second, over any window; time is judged now: 1 is good, 0
 * is bad, and all time that is measured counts the same.
 */
export type Measure =
  | {
      readonly of: 'events';
      readonly good: (window: string) => string;
      readonly total: (window: string) => string;
    }
  | { readonly of: 'time'; readonly good: string };

/** How often rules are evaluated; what is recorded is a sample of that much time. */
export const ruleInterval = '30s';

export function measure(operated: OperatedStack, slo: Slo, items: readonly string[]): Measure {
  const { indicator } = slo;
  switch (indicator.kind) {
    case 'ratio':
      return ratio(indicator, items);
    case 'latency':
      return latency(indicator.histogram, indicator.below, items);
    case 'timeSlice':
      return { of: 'time', good: timeSlice(operated, indicator, items) };
    case 'composite':
      return { of: 'time', good: composite(indicator) };
    default:
      return indicator satisfies never;
  }
}

/** Time is recorded by the rules themselves, events by their counters. */
export function countsEvents({ kind }: SloIndicator): boolean {
  return kind === 'ratio' || kind === 'latency';
}

function ratio(indicator: Extract<SloIndicator, { readonly kind: 'ratio' }>, items: readonly string[]): Measure {
  const rates = (selector: CounterSelector) => rateOf(selector.metric, withItems(selector, items));
  const total = rates(indicator.total);
  if (indicator.bad === undefined) return { of: 'events', good: orNone(rates(indicator.good), total), total };
  const bad = orNone(rates(indicator.bad), total);
  return { of: 'events', good: (window) => `${total(window)} - (${bad(window)})`, total };
}

function latency(histogram: CounterSelector, below: number, items: readonly string[]): Measure {
  const matchers = withItems(histogram, items);
  const total = rateOf(`${histogram.metric}_count`, matchers);
  const good = rateOf(`${histogram.metric}_bucket`, [...matchers, boundMatcher(below)]);
  return { of: 'events', good: orNone(good, total), total };
}

/** Prometheus 3 writes the bound of a bucket as `1.0` where older ones write it as the exporter did, `1`. */
export function boundMatcher(below: number): Matcher {
  if (!Number.isInteger(below)) return { label: 'le', operator: '=', value: String(below) };
  return { label: 'le', operator: '=~', value: `${below}|${below}[.]0` };
}

function rateOf(metric: string, matchers: readonly Matcher[]): (window: string) => string {
  return (window) => `sum(rate(${printSelector(metric, matchers)}[${window}]))`;
}

/** Where nothing has happened yet the counter is not there, while the total is: then it is none, and not unknown. */
function orNone(part: (window: string) => string, total: (window: string) => string): (window: string) => string {
  return (window) => `${part(window)} or 0 * ${total(window)}`;
}

/** The signal is recorded for each item; a slice is good when it was good all through it. */
function timeSlice(operated: OperatedStack, indicator: TimeSliceIndicator, items: readonly string[]): string {
  const series = printSelector(signalSeries(indicator.class, indicator.signal), [itemMatcher(items)]);
  const judged = `${series} ${comparison(indicator.good)}`;
  const isOneSample = (parseDuration(indicator.slice) ?? 0) <= (parseDuration(ruleInterval) ?? 0);
  const [slice, step] = [paced(operated, indicator.slice), paced(operated, ruleInterval)];
  const sliced = isOneSample ? judged : `min_over_time((${judged})[${slice}:${step}])`;
  return `${indicator.across === 'any' ? 'max' : 'min'}(${sliced})`;
}

function comparison(condition: AlertCondition): string {
  if ('above' in condition) return `> bool ${condition.above}`;
  return 'below' in condition ? `< bool ${condition.below}` : `== bool ${condition.equals}`;
}

/** The parts may be of stacks below, whose shares arrive here with their recorded signals. */
function composite({ rule, of }: CompositeIndicator): string {
  const parts = of.map(({ slo, weight }) => ({ share: `max(slo:fraction{slo="${slo}"})`, weight }));
  if (rule === 'all') return parts.map(({ share }) => share).join(' * ');
  const weights = parts.reduce((total, { weight }) => total + weight, 0);
  return `(${parts.map(({ share, weight }) => `${share} * ${weight}`).join(' + ')}) / ${weights}`;
}
