import { defineClass } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, type MetricFacts, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const things = ['spans', 'metric_points', 'log_records'] as const;
const counts = {
  accepted: 'otelcol_receiver_accepted',
  refused: 'otelcol_receiver_refused',
  failed: 'otelcol_exporter_send_failed',
  lost: 'otelcol_exporter_enqueue_failed',
} as const;

/** Counters have `_total` unless the collector was told to leave suffixes out, as earlier ones did by themselves. */
const counters: MetricFacts = Object.fromEntries(
  Object.values(counts).flatMap((name) =>
    things.flatMap((thing) => {
      const labels = name.includes('receiver') ? ['receiver', 'transport'] : ['exporter'];
      return [`${name}_${thing}`, `${name}_${thing}_total`].map((metric) => [metric, counter(labels)] as const);
    }),
  ),
);
const read = readingsBy({
  ...counters,
  otelcol_exporter_queue_size: gauge(['exporter']),
  otelcol_exporter_queue_capacity: gauge(['exporter']),
  otelcol_process_memory_rss: gauge(),
  otelcol_process_memory_rss_bytes: gauge(),
});
type Series = (metric: string) => string;

/**
 * An OpenTelemetry Collector, by its own metrics (names from its documentation, not seen on a real one). A Jaeger of
 * version 2 is such a collector too.
 */
export const otelCollector = defineClass({
  id: 'otel-collector',
  title: { en: 'OpenTelemetry Collector', zh: 'OpenTelemetry Collector' },
  ...servesMetrics({ program: 'otelcol', since: '0.90', port: 8888 }),
  signals: {
    up: answersItself('builtin'),
    accepted: {
      ...lowIsBad('per-second', 'Taken in', '接收速率'),
      from: 'builtin',
      partLabels: ['receiver'],
      ...read((series) => ofThings(series as Series, counts.accepted, 'rate', '5m')),
    },
    refused: {
      ...highIsBad('count', 'Refused (10 min)', '被拒收的数据(10 分钟)'),
      from: 'builtin',
      partLabels: ['receiver'],
      ...read((series) => ofThings(series as Series, counts.refused, 'increase', '10m')),
    },
    sendFailed: {
      ...highIsBad('count', 'Not delivered (10 min)', '发送失败的数据(10 分钟)'),
      from: 'builtin',
      partLabels: ['exporter'],
      ...read((series) => ofThings(series as Series, counts.failed, 'increase', '10m')),
    },
    lost: {
      ...highIsBad('count', 'Lost at a full queue (10 min)', '队列已满而丢失的数据(10 分钟)'),
      from: 'builtin',
      partLabels: ['exporter'],
      ...read((series) => ofThings(series as Series, counts.lost, 'increase', '10m')),
    },
    queueUsed: {
      ...highIsBad('ratio', 'Queue in use', '发送队列占用率'),
      from: 'builtin',
      partLabels: ['exporter'],
      ...read(
        (series) =>
          `max without (data_type) (${series('otelcol_exporter_queue_size')} / ${series('otelcol_exporter_queue_capacity')})`,
      ),
    },
    memoryUsed: {
      ...highIsBad('bytes', 'Memory in use', '内存占用'),
      from: 'builtin',
      ...read((series) => `${series('otelcol_process_memory_rss')} or ${series('otelcol_process_memory_rss_bytes')}`),
    },
  },
});

/** Spans, points and records together: a collector that takes in only some of them has series of those alone. */
function ofThings(series: Series, name: string, how: 'rate' | 'increase', window: string): string {
  const names = things.flatMap((thing) => [`${name}_${thing}`, `${name}_${thing}_total`]);
  const labels = name.includes('receiver') ? ['transport'] : ['data_type'];
  // `or` keeps what only one side has; the label tells the sides apart until they are added up.
  const marked = names.map(
    (metric) => `label_replace(${how}(${series(metric)}[${window}]), "of", "${metric}", "item", ".*")`,
  );
  return `sum without (of, ${labels.join(', ')}) (${marked.join(' or ')})`;
}
