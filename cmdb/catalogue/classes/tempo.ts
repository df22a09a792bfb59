import { defineClass, httpUrl, optional } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const read = readingsBy({
  tempo_distributor_spans_received_total: counter(['tenant']),
  tempo_discarded_spans_total: counter(['tenant', 'reason']),
  tempo_ingester_failed_flushes_total: counter([], { until: '3.0' }),
  tempo_request_duration_seconds_count: counter(['method', 'route', 'status_code', 'ws']),
});
const perRequest = 'method, route, status_code, ws';

const served = servesMetrics({ program: 'tempo', since: '2.0', port: 3200 });

/** A Tempo that keeps traces, in one process (names from its mixin, not seen on a real one). */
export const tempo = defineClass({
  id: 'tempo',
  title: { en: 'Trace store (Tempo)', zh: '链路存储 (Tempo)' },
  attributes: {
    ...served.attributes,
    page: optional(httpUrl('Where people look traces up: the page Explore of a Grafana that has it as a source.')),
  },
  sources: served.sources,
  tracesAt: ({ page }) => page,
  signals: {
    up: answersItself('builtin'),
    spansReceived: {
      ...lowIsBad('per-second', 'Spans taken in', 'Span 接收速率'),
      from: 'builtin',
      ...read((series) => `sum without (tenant) (rate(${series('tempo_distributor_spans_received_total')}[5m]))`),
    },
    spansDiscarded: {
      ...highIsBad('count', 'Spans discarded (15 min)', '被丢弃的 Span(15 分钟)'),
      from: 'builtin',
      partLabels: ['reason'],
      ...read((series) => `sum without (tenant) (increase(${series('tempo_discarded_spans_total')}[15m]))`),
    },
    flushesFailed: {
      ...highIsBad('count', 'Blocks that could not be written (1 h)', '写入失败的数据块(1 小时)'),
      from: 'builtin',
      ...read((series) => `increase(${series('tempo_ingester_failed_flushes_total')}[1h])`),
    },
    requestErrors: {
      ...highIsBad('ratio', 'Requests that fail', '请求失败率'),
      from: 'builtin',
      ...read(
        (series) =>
          `sum without (${perRequest}) (rate(${series('tempo_request_duration_seconds_count', 'status_code=~"5.."')}[5m])) / (sum without (${perRequest}) (rate(${series('tempo_request_duration_seconds_count')}[5m])) > 0)`,
      ),
    },
  },
});
