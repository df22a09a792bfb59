import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const ofLoki = readingsBy({
  loki_request_duration_seconds_count: counter(['method', 'route', 'status_code', 'ws']),
  loki_discarded_samples_total: counter(['reason', 'tenant', 'retention_hours', 'policy', 'format']),
  loki_distributor_bytes_received_total: counter([
    'tenant',
    'retention_hours',
    'aggregated_metric',
    'policy',
    'format',
  ]),
  loki_ingester_memory_streams: gauge(['tenant']),
  loki_ingester_wal_disk_full_failures_total: counter(),
  loki_panic_total: counter(),
});

const requestLabels = 'method, route, status_code, ws';
const lokiSource = servesMetrics({ program: 'loki', since: '2.8', port: 3100 });

/**
 * One Loki process, by its own metrics. Its label `tenant` comes out as `exported_tenant`, for items have one. Not checked
 * against a real one, which cannot be had here: names were read in Loki's source, as others publish it, and in its mixin.
 */
export const loki = defineClass({
  id: 'loki',
  title: { en: 'Loki log store', zh: 'Loki 日志存储' },
  attributes: { ...lokiSource.attributes, version: optional(text('Such as `3.1`.')) },
  sources: lokiSource.sources,
  signals: {
    up: answersItself('builtin'),
    received: {
      ...lowIsBad('bytes-per-second', 'Logs received', '日志接收速率'),
      from: 'builtin',
      // Present only in processes that take logs in.
      ...ofLoki(
        (series) =>
          `sum without (exported_tenant, retention_hours, aggregated_metric, policy, format) (rate(${series('loki_distributor_bytes_received_total')}[10m]))`,
      ),
    },
    discarded: {
      ...highIsBad('per-second', 'Lines discarded', '丢弃的日志行速率'),
      from: 'builtin',
      ...ofLoki(
        (series) =>
          `sum without (retention_hours, policy, format) (rate(${series('loki_discarded_samples_total')}[10m]))`,
      ),
      partLabels: ['exported_tenant', 'reason'],
    },
    errors: {
      ...highIsBad('ratio', 'Requests that fail', '请求失败比例'),
      from: 'builtin',
      ...ofLoki((series) => {
        const [failed, all] = ['status_code=~"5.."', undefined].map(
          (matchers) =>
            `sum without (${requestLabels}) (rate(${series('loki_request_duration_seconds_count', matchers)}[10m]))`,
        );
        return `${failed} / (${all} > 0.1)`;
      }),
    },
    panics: {
      ...highIsBad('count', 'Panics (15 min)', '崩溃次数(15 分钟)'),
      from: 'builtin',
      ...ofLoki((series) => `increase(${series('loki_panic_total')}[15m])`),
    },
    diskFull: {
      ...highIsBad('count', 'Writes that failed for a full disk (15 min)', '因磁盘写满失败的写入(15 分钟)'),
      from: 'builtin',
      ...ofLoki((series) => `increase(${series('loki_ingester_wal_disk_full_failures_total')}[15m])`),
    },
    streams: {
      ...highIsBad('count', 'Streams in memory', '内存中的日志流数'),
      from: 'builtin',
      ...ofLoki((series) => `sum without (exported_tenant) (${series('loki_ingester_memory_streams')})`),
    },
  },
});
