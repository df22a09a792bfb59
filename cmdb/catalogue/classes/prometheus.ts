import { defineClass, networkName, optional, port } from 'opsctl';
import { answersItself } from './exporter-answers.ts';

const storageCounters = [
  'prometheus_tsdb_wal_corruptions_total',
  'prometheus_tsdb_wal_writes_failed_total',
  'prometheus_tsdb_compactions_failed_total',
  'prometheus_tsdb_checkpoint_creations_failed_total',
  'prometheus_tsdb_head_truncations_failed_total',
  'prometheus_tsdb_reloads_failures_total',
];

/**
 * A Prometheus server as an item, by its own metrics; the names were read off a real 2.42 (Debian 12). Have it operated
 * by another control point too: one that is down tells nobody.
 */
export const prometheus = defineClass({
  id: 'prometheus',
  title: { en: 'Prometheus server', zh: 'Prometheus 服务器' },
  attributes: {
    address: networkName('DNS name or IP address of the server.'),
    port: optional(port('Port of its HTTP API.'), 9090),
  },
  sources: {
    self: {
      kind: 'exporter',
      exporter: 'prometheus >=2.42',
      interval: '30s',
      endpoint: ({ address, port: own = 9090 }) => `${address}:${own}`,
    },
  },
  signals: {
    up: answersItself('self'),
    configLoaded: {
      title: { en: 'Last reload succeeded', zh: '最近一次重载成功' },
      unit: 'boolean',
      direction: 'state',
      from: 'self',
      expression: (series) => series('prometheus_config_last_reload_successful'),
      metrics: ['prometheus_config_last_reload_successful'],
    },
    ruleFailures: {
      title: { en: 'Rules that failed (15 min)', zh: '规则计算失败次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) =>
        `sum without (rule_group) (increase(${series('prometheus_rule_evaluation_failures_total')}[15m]))`,
      // Present only once it has rules; so is the next.
      metrics: ['prometheus_rule_evaluation_failures_total'],
    },
    rulesMissed: {
      title: { en: 'Evaluations left out (15 min)', zh: '漏掉的规则计算次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) =>
        `sum without (rule_group) (increase(${series('prometheus_rule_group_iterations_missed_total')}[15m]))`,
      metrics: ['prometheus_rule_group_iterations_missed_total'],
    },
    alertmanagers: {
      title: { en: 'Alertmanagers that it knows', zh: '已发现的 Alertmanager 数' },
      unit: 'count',
      direction: 'low-is-bad',
      from: 'self',
      expression: (series) => series('prometheus_notifications_alertmanagers_discovered'),
      metrics: ['prometheus_notifications_alertmanagers_discovered'],
    },
    alertsDropped: {
      title: { en: 'Alerts that reached no Alertmanager (10 min)', zh: '未送达任何 Alertmanager 的告警数(10 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => `increase(${series('prometheus_notifications_dropped_total')}[10m])`,
      metrics: ['prometheus_notifications_dropped_total'],
    },
    scrapesRejected: {
      title: { en: 'Scrapes over a limit (15 min)', zh: '超限被拒的抓取次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) =>
        `increase(${series('prometheus_target_scrapes_exceeded_sample_limit_total')}[15m]) + increase(${series('prometheus_target_scrapes_exceeded_body_size_limit_total')}[15m]) + increase(${series('prometheus_target_scrape_pool_exceeded_target_limit_total')}[15m])`,
      metrics: [
        'prometheus_target_scrapes_exceeded_sample_limit_total',
        'prometheus_target_scrapes_exceeded_body_size_limit_total',
        'prometheus_target_scrape_pool_exceeded_target_limit_total',
      ],
    },
    samplesRejected: {
      title: { en: 'Samples rejected', zh: '被拒样本速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'self',
      // Two targets with equal labels write over each other.
      expression: (series) =>
        `rate(${series('prometheus_target_scrapes_sample_duplicate_timestamp_total')}[5m]) + rate(${series('prometheus_target_scrapes_sample_out_of_order_total')}[5m])`,
      metrics: [
        'prometheus_target_scrapes_sample_duplicate_timestamp_total',
        'prometheus_target_scrapes_sample_out_of_order_total',
      ],
    },
    seriesInMemory: {
      title: { en: 'Series in memory', zh: '内存中的时间序列' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => series('prometheus_tsdb_head_series'),
      metrics: ['prometheus_tsdb_head_series'],
    },
    storageFailures: {
      title: { en: 'Failures of the storage (1 h)', zh: '存储失败次数(1 小时)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => storageCounters.map((metric) => `increase(${series(metric)}[1h])`).join(' + '),
      metrics: storageCounters,
    },
    blocksSize: {
      title: { en: 'Blocks on disk', zh: '磁盘数据块大小' },
      unit: 'bytes',
      direction: 'high-is-bad',
      from: 'self',
      expression: (series) => series('prometheus_tsdb_storage_blocks_bytes'),
      metrics: ['prometheus_tsdb_storage_blocks_bytes'],
    },
    samplesAppended: {
      title: { en: 'Samples taken in', zh: '样本写入速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'self',
      // Told apart by type, and absent until the first sample.
      expression: (series) => `sum without (type) (rate(${series('prometheus_tsdb_head_samples_appended_total')}[5m]))`,
      metrics: ['prometheus_tsdb_head_samples_appended_total'],
    },
  },
});
