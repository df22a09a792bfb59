import type { BilingualText } from './text.ts';

/** Makes a selector of one metric, restricted to the items of the class: `series('node_load1', 'job="x"')`. */
export interface SeriesSelector {
  (metric: string, matchers?: string): string;
  /** The same restriction for the builder of `opsctl/promql`: `metric('node_load1', { ...series.where, job: 'x' })`. */
  readonly where: Readonly<Record<string, SeriesCondition>>;
}

/** A label that is a text, or that fits a pattern. */
export type SeriesCondition = string | { readonly operator: '=~'; readonly value: string };

/**
 * One measurement with one meaning, read from one source (`from`, `expression`, `metrics`), or from several that items
 * may have in its stead (`readings`): what measures processor load differs from maker to maker, what it means does not.
 */
export type Signal = SignalMeaning & (ReadFromOne | ReadFromSeveral);

/** What a signal says, whoever measures it. */
export interface SignalMeaning {
  readonly title: BilingualText;
  /** What one unit of the value is; decides how values are written for people. */
  readonly unit: SignalUnit;
  /** Which way is trouble. */
  readonly direction: 'high-is-bad' | 'low-is-bad' | 'state';
  /** Labels, besides the item's own, that tell parts of one item apart, such as `mountpoint`. */
  readonly partLabels?: readonly string[];
}

/** The one source of a signal. */
export interface ReadFromOne extends Reading {
  /** Name of the class source it is read from. */
  readonly from: string;
  readonly readings?: never;
}

/** By the name of the class source; of an item that has several of them, the first that is listed counts. */
export interface ReadFromSeveral {
  readonly readings: Readonly<Record<string, Reading>>;
  readonly from?: never;
  readonly expression?: never;
  readonly metrics?: never;
}

/** How one source gives a signal. */
export interface Reading {
  /** The PromQL that reads it. It keeps the target's labels, so that an alert knows its item. */
  readonly expression: (series: SeriesSelector) => string;
  /** Metrics that the expression needs; a test scrapes the real exporter for them. */
  readonly metrics: readonly (string | MetricFact)[];
}

/** What is known of a metric besides its name. */
export interface MetricFact {
  readonly name: string;
  readonly type?: 'gauge' | 'counter' | 'histogram' | 'summary';
  /** Labels that the exporter gives it. */
  readonly labels?: readonly string[];
  /** Version of the exporter from which it is there: `0.12.0`. */
  readonly since?: string;
  /** Version of the exporter from which it is gone or renamed. */
  readonly until?: string;
  /** Option of the exporter without which it is not there: `--collector.systemd`. */
  readonly collector?: string;
}

/** What one unit of a value is. A share is 0 to 1; whatever has none of these units is a `count`. */
export type SignalUnit =
  | 'ratio'
  | 'seconds'
  | 'bytes'
  | 'bytes-per-second'
  | 'per-second'
  | 'count'
  | 'boolean'
  | 'days'
  | 'celsius'
  | 'amperes'
  | 'volts'
  | 'watts';

const isUnit: Readonly<Record<SignalUnit, true>> = {
  ratio: true,
  seconds: true,
  bytes: true,
  'bytes-per-second': true,
  'per-second': true,
  count: true,
  boolean: true,
  days: true,
  celsius: true,
  amperes: true,
  volts: true,
  watts: true,
};

/** Units that values are written in for people. */
export const signalUnits = Object.keys(isUnit) as readonly SignalUnit[];

/** The readings of a signal by source, in either form of declaration. */
export function readingsOf(signal: Signal): Readonly<Record<string, Reading>> {
  return signal.readings ?? { [signal.from]: signal };
}

/** Names of the metrics that a signal needs, from all of its sources, each once. */
export function metricNamesOf(signal: Signal): readonly string[] {
  const metrics = Object.values(readingsOf(signal)).flatMap((reading) => reading.metrics);
  return [...new Set(metrics.map((metric) => (typeof metric === 'string' ? metric : metric.name)))];
}
