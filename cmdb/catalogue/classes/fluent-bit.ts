import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const ofFluentBit = readingsBy({
  fluentbit_input_records_total: counter(['name', 'hostname']),
  fluentbit_input_storage_overlimit: gauge(['name', 'hostname']),
  fluentbit_output_proc_records_total: counter(['name', 'hostname']),
  fluentbit_output_errors_total: counter(['name', 'hostname']),
  fluentbit_output_retries_failed_total: counter(['name', 'hostname']),
  fluentbit_output_dropped_records_total: counter(['name', 'hostname']),
});

const fluentBitSource = servesMetrics({
  program: 'fluent-bit',
  since: '2.0',
  port: 2020,
  path: '/api/v2/metrics/prometheus',
});

/** One Fluent Bit process, by its HTTP server (`http_server on`). Names and labels: Fluent Bit's documentation. */
export const fluentBit = defineClass({
  id: 'fluent-bit',
  title: { en: 'Fluent Bit log shipper', zh: 'Fluent Bit 日志采集' },
  attributes: { ...fluentBitSource.attributes, version: optional(text('Such as `3.1`.')) },
  sources: fluentBitSource.sources,
  signals: {
    up: answersItself('builtin'),
    received: {
      ...lowIsBad('per-second', 'Records read', '记录读取速率'),
      from: 'builtin',
      ...ofFluentBit(
        (series) => `sum without (name, hostname) (rate(${series('fluentbit_input_records_total')}[10m]))`,
      ),
    },
    sent: {
      ...highIsBad('per-second', 'Records sent', '记录发送速率'),
      from: 'builtin',
      ...ofFluentBit(
        (series) => `sum without (name, hostname) (rate(${series('fluentbit_output_proc_records_total')}[10m]))`,
      ),
    },
    errors: {
      ...highIsBad('per-second', 'Errors of an output', '输出错误速率'),
      from: 'builtin',
      ...ofFluentBit((series) => `sum without (hostname) (rate(${series('fluentbit_output_errors_total')}[10m]))`),
      partLabels: ['name'],
    },
    discarded: {
      ...highIsBad('count', 'Records lost by an output (15 min)', '输出丢失的记录(15 分钟)'),
      from: 'builtin',
      ...ofFluentBit(
        (series) => `sum without (hostname) (increase(${series('fluentbit_output_dropped_records_total')}[15m]))`,
      ),
      partLabels: ['name'],
    },
    givenUp: {
      ...highIsBad('count', 'Chunks given up after all retries (15 min)', '重试用尽的数据块(15 分钟)'),
      from: 'builtin',
      ...ofFluentBit(
        (series) => `sum without (hostname) (increase(${series('fluentbit_output_retries_failed_total')}[15m]))`,
      ),
      partLabels: ['name'],
    },
    inputPaused: {
      title: { en: 'Input paused for want of memory', zh: '因缓冲写满暂停输入' },
      unit: 'boolean',
      direction: 'state',
      from: 'builtin',
      ...ofFluentBit((series) => `max without (hostname) (${series('fluentbit_input_storage_overlimit')})`),
      partLabels: ['name'],
    },
  },
});
