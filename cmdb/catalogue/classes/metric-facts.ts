import type { MetricFact, Reading } from 'opsctl';

/** What is known of the metrics of one exporter, by name, each once. */
export type MetricFacts = Readonly<Record<string, Omit<MetricFact, 'name'>>>;

/** Makes a selector, of the metrics in the table and of `up` alone: one that is not in it does not compile. */
export type SelectorOf<Facts extends MetricFacts> = (
  metric: (keyof Facts & string) | 'up',
  matchers?: string,
) => string;

/**
 * Makes readings of one source. The metrics that a reading needs are those that its expression reads, with what the
 * table knows of them:
 *
 * ```ts
 * const read = readingsBy({ pg_up: gauge() });
 * up: { ...stateOf('Answers queries', '可执行查询'), from: 'exporter', ...read((series) => series('pg_up')) },
 * ```
 */
export function readingsBy<const Facts extends MetricFacts>(facts: Facts) {
  return (expression: (series: SelectorOf<Facts>) => string): Reading => {
    const read = new Set<string>();
    expression((metric) => {
      read.add(metric);
      return metric;
    });
    return { expression, metrics: [...read].map((name) => ({ name, ...facts[name] })) };
  };
}

/** What else is known of a metric: labels, versions, the option that turns it on. */
type Known = Omit<MetricFact, 'name' | 'type' | 'labels'>;

export function gauge(labels: readonly string[] = [], known: Known = {}): Omit<MetricFact, 'name'> {
  return { type: 'gauge', labels, ...known };
}

export function counter(labels: readonly string[] = [], known: Known = {}): Omit<MetricFact, 'name'> {
  return { type: 'counter', labels, ...known };
}
