import { defineClass } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';

const { attributes, sources } = measuredBeside({ program: 'redis_exporter', since: '1.45', port: 9121 });

/** A Redis server, measured by redis_exporter beside it. Metric names were read off a real 1.45 (Debian 12). */
export const redis = defineClass({
  id: 'redis',
  title: { en: 'Redis server', zh: 'Redis 缓存' },
  attributes,
  sources,
  signals: {
    up: {
      title: { en: 'Answers commands', zh: '可执行命令' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('redis_up'),
      metrics: ['redis_up'],
    },
    exporterUp: exporterAnswers('exporter'),
    memoryUsed: {
      title: { en: 'Memory used, where a full one refuses writes', zh: '内存使用率(写满即拒绝写入)' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'exporter',
      // A cache that evicts is full by nature. Without a limit the machine's memory is the limit, and watched there.
      expression: (series) =>
        `${series('redis_memory_used_bytes')} / (${series('redis_memory_max_bytes')} > 0) and on (item) ${series('redis_instance_info', 'maxmemory_policy="noeviction"')}`,
      metrics: ['redis_memory_used_bytes', 'redis_memory_max_bytes', 'redis_instance_info'],
    },
    clientsUsed: {
      title: { en: 'Client connections used', zh: '客户端连接使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `${series('redis_connected_clients')} / (${series('redis_config_maxclients')} > 0)`,
      metrics: ['redis_connected_clients', 'redis_config_maxclients'],
    },
    connectionsRejected: {
      title: { en: 'Connections rejected (5 min)', zh: '拒绝的连接数(5 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `increase(${series('redis_rejected_connections_total')}[5m])`,
      metrics: ['redis_rejected_connections_total'],
    },
    keysEvicted: {
      title: { en: 'Keys evicted', zh: '淘汰键速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `rate(${series('redis_evicted_keys_total')}[5m])`,
      metrics: ['redis_evicted_keys_total'],
    },
    hits: {
      title: { en: 'Keys found', zh: '键命中率' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'exporter',
      expression: (series) => {
        const [hits, misses] = ['hits', 'misses'].map((kind) => `rate(${series(`redis_keyspace_${kind}_total`)}[15m])`);
        return `${hits} / (${hits} + ${misses} > 1)`;
      },
      metrics: ['redis_keyspace_hits_total', 'redis_keyspace_misses_total'],
    },
    masterLinked: {
      title: { en: 'Replica has its master', zh: '与主节点的连接' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => `min without (master_port) (${series('redis_master_link_up')})`,
      // Present only on a replica.
      metrics: [],
      partLabels: ['master_host'],
    },
    replicasLost: {
      title: { en: 'Replicas lost since yesterday', zh: '一天内失去的从节点数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `max_over_time(${series('redis_connected_slaves')}[1d]) - ${series('redis_connected_slaves')}`,
      metrics: ['redis_connected_slaves'],
    },
    snapshotSaved: {
      title: { en: 'Last snapshot succeeded', zh: '最近一次 RDB 快照成功' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('redis_rdb_last_bgsave_status'),
      metrics: ['redis_rdb_last_bgsave_status'],
    },
    logWritten: {
      title: { en: 'Append-only file written', zh: 'AOF 写入成功' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('redis_aof_last_write_status'),
      metrics: ['redis_aof_last_write_status'],
    },
    clusterWhole: {
      title: { en: 'Cluster serves all keys', zh: '集群可服务全部键' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('redis_cluster_state'),
      // Present only in cluster mode.
      metrics: [],
    },
  },
});
