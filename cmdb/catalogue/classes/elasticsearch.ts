import { defineClass, type SeriesSelector } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';

const { attributes, sources } = measuredBeside({ program: 'elasticsearch_exporter', since: '1.5', port: 9114 });

const nodeLabels = 'cluster, host, es_master_node, es_data_node, es_ingest_node, es_client_node';

function health(series: SeriesSelector, metric: string): string {
  return `max without (cluster) (${series(`elasticsearch_cluster_health_${metric}`)})`;
}

function colour(series: SeriesSelector, name: string): string {
  return `max without (cluster, color) (${series('elasticsearch_cluster_health_status', `color="${name}"`)})`;
}

/**
 * An Elasticsearch cluster, measured by one elasticsearch_exporter with `--es.all`. Metric names were read off a real 1.5
 * (Debian 12) in front of a cluster that is played, for there is no real one here; the later ones in its source.
 */
export const elasticsearch = defineClass({
  id: 'elasticsearch',
  title: { en: 'Elasticsearch cluster', zh: 'Elasticsearch 集群' },
  attributes,
  sources,
  signals: {
    up: {
      title: { en: 'Tells its health', zh: '可查询集群健康' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      // A cluster that does not answer has no health at all, neither green nor red.
      expression: (series) => `(${colour(series, 'green')} >= bool 0) or 0 * (${series('up')} == 1)`,
      metrics: ['elasticsearch_cluster_health_status', 'up'],
    },
    exporterUp: exporterAnswers('exporter'),
    red: {
      title: { en: 'Health is red', zh: '健康状态为红色' },
      unit: 'count',
      direction: 'state',
      from: 'exporter',
      expression: (series) => colour(series, 'red'),
      metrics: ['elasticsearch_cluster_health_status'],
    },
    yellow: {
      title: { en: 'Health is yellow', zh: '健康状态为黄色' },
      unit: 'count',
      direction: 'state',
      from: 'exporter',
      expression: (series) => colour(series, 'yellow'),
      metrics: ['elasticsearch_cluster_health_status'],
    },
    nodesLost: {
      title: { en: 'Nodes lost since yesterday', zh: '一天内失去的节点数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `max without (cluster) (max_over_time(${series('elasticsearch_cluster_health_number_of_nodes')}[1d])) - ${health(series, 'number_of_nodes')}`,
      metrics: ['elasticsearch_cluster_health_number_of_nodes'],
    },
    shardsUnassigned: {
      title: { en: 'Shards without a node', zh: '未分配分片数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => health(series, 'unassigned_shards'),
      metrics: ['elasticsearch_cluster_health_unassigned_shards'],
    },
    tasksPending: {
      title: { en: 'Changes of the cluster that wait', zh: '等待的集群任务数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => health(series, 'number_of_pending_tasks'),
      metrics: ['elasticsearch_cluster_health_number_of_pending_tasks'],
    },
    heapUsed: {
      title: { en: 'Heap of a node used', zh: '节点堆内存使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `max without (${nodeLabels}, area) (${series('elasticsearch_jvm_memory_used_bytes', 'area="heap"')} / ${series('elasticsearch_jvm_memory_max_bytes', 'area="heap"')})`,
      metrics: ['elasticsearch_jvm_memory_used_bytes', 'elasticsearch_jvm_memory_max_bytes'],
      partLabels: ['name'],
    },
    diskFree: {
      title: { en: 'Disk of a node free', zh: '节点磁盘剩余比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'exporter',
      expression: (series) =>
        `min without (${nodeLabels}, mount, path) (${series('elasticsearch_filesystem_data_available_bytes')} / ${series('elasticsearch_filesystem_data_size_bytes')})`,
      metrics: ['elasticsearch_filesystem_data_available_bytes', 'elasticsearch_filesystem_data_size_bytes'],
      partLabels: ['name'],
    },
    requestsRejected: {
      title: { en: 'Requests that a node rejected (5 min)', zh: '节点拒绝的请求数(5 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `sum without (${nodeLabels}) (increase(${series('elasticsearch_thread_pool_rejected_count', 'type=~"write|search|get|bulk"')}[5m]))`,
      metrics: ['elasticsearch_thread_pool_rejected_count'],
      partLabels: ['name', 'type'],
    },
    breakersTripped: {
      title: { en: 'Circuit breakers tripped (15 min)', zh: '熔断次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `sum without (${nodeLabels}) (increase(${series('elasticsearch_breakers_tripped')}[15m]))`,
      metrics: ['elasticsearch_breakers_tripped'],
      partLabels: ['name', 'breaker'],
    },
  },
});
