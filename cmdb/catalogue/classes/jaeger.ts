import { defineClass, httpUrl, optional } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const perFormat = ['debug', 'format', 'svc', 'transport'];
const perService = ['debug', 'result', 'svc'];
const read = readingsBy({
  jaeger_collector_spans_received_total: counter(perFormat),
  jaeger_collector_spans_rejected_total: counter(perFormat),
  jaeger_collector_spans_dropped_total: counter(['host']),
  jaeger_collector_spans_saved_by_svc_total: counter(perService),
  jaeger_collector_queue_length: gauge(['host']),
  jaeger_collector_queue_capacity: gauge(['host']),
  jaeger_collector_save_latency_bucket: { type: 'histogram', labels: ['host', 'le'] },
});

const served = servesMetrics({ program: 'jaeger', since: '1.35', port: 14_269 });

/**
 * A collector of Jaeger 1, or one that is all in one process. Names and labels were read off a real 1.62; Jaeger 2 is an
 * OpenTelemetry Collector, so an item of class `otel-collector`.
 */
export const jaeger = defineClass({
  id: 'jaeger',
  title: { en: 'Trace collector (Jaeger 1)', zh: '链路采集与存储 (Jaeger 1)' },
  attributes: {
    ...served.attributes,
    page: optional(httpUrl('Where people look traces up: `https://jaeger.example.com/search`.')),
  },
  sources: served.sources,
  tracesAt: ({ page }) => page,
  signals: {
    up: answersItself('builtin'),
    received: {
      ...lowIsBad('per-second', 'Spans taken in', 'Span 接收速率'),
      from: 'builtin',
      ...read(
        (series) =>
          `sum without (${perFormat.join(', ')}) (rate(${series('jaeger_collector_spans_received_total')}[5m]))`,
      ),
    },
    dropped: {
      ...highIsBad('count', 'Spans dropped because the queue was full (15 min)', '队列满而丢弃的 Span(15 分钟)'),
      from: 'builtin',
      ...read((series) => `sum without (host) (increase(${series('jaeger_collector_spans_dropped_total')}[15m]))`),
    },
    rejected: {
      ...highIsBad('per-second', 'Spans rejected', '被拒绝的 Span 速率'),
      from: 'builtin',
      ...read(
        (series) =>
          `sum without (${perFormat.join(', ')}) (rate(${series('jaeger_collector_spans_rejected_total')}[5m]))`,
      ),
    },
    savesFailed: {
      ...highIsBad('ratio', 'Spans that the store refused', '存储写入失败比例'),
      from: 'builtin',
      // Present once a span was saved.
      ...read((series) => {
        const per = perService.join(', ');
        const failed = series('jaeger_collector_spans_saved_by_svc_total', 'result="err"');
        const all = series('jaeger_collector_spans_saved_by_svc_total');
        return `sum without (${per}) (rate(${failed}[10m])) / (sum without (${per}) (rate(${all}[10m])) > 0)`;
      }),
    },
    queueUsed: {
      ...highIsBad('ratio', 'Queue used', '队列使用率'),
      from: 'builtin',
      ...read(
        (series) =>
          `max without (host) (${series('jaeger_collector_queue_length')} / (${series('jaeger_collector_queue_capacity')} > 0))`,
      ),
    },
    saveTime: {
      ...highIsBad('seconds', 'Time to save a span (p99)', 'Span 写入耗时(p99)'),
      from: 'builtin',
      ...read(
        (series) =>
          `histogram_quantile(0.99, sum without (host) (rate(${series('jaeger_collector_save_latency_bucket')}[5m])))`,
      ),
    },
  },
});
