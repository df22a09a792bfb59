import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = servesMetrics({ program: 'clickhouse', since: '21.8', port: 9363 });

const read = readingsBy({
  ClickHouseMetrics_ReadonlyReplica: gauge(),
  ClickHouseMetrics_ZooKeeperSession: gauge(),
  ClickHouseMetrics_MemoryTracking: gauge(),
  ClickHouseMetrics_Query: gauge(),
  ClickHouseMetrics_DistributedFilesToInsert: gauge(),
  ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay: gauge(),
  ClickHouseAsyncMetrics_ReplicasMaxQueueSize: gauge(),
  ClickHouseAsyncMetrics_MaxPartCountForPartition: gauge(),
  ClickHouseAsyncMetrics_OSMemoryTotal: gauge(),
  ClickHouseAsyncMetrics_FilesystemMainPathAvailableBytes: gauge(),
  ClickHouseAsyncMetrics_FilesystemMainPathTotalBytes: gauge(),
  ClickHouseProfileEvents_Query: counter(),
  ClickHouseProfileEvents_FailedQuery: counter(),
  ClickHouseProfileEvents_RejectedInserts: counter(),
  ClickHouseProfileEvents_DelayedInserts: counter(),
});

/**
 * One ClickHouse server, by its own metrics (`<prometheus>` with port 9363 in its configuration). The 18.16 of Debian 12
 * has none yet, so this is not checked against a real one: names are those of published mixins and of ClickHouse's lists.
 */
export const clickhouse = defineClass({
  id: 'clickhouse',
  title: { en: 'ClickHouse server', zh: 'ClickHouse 数据库' },
  attributes: { ...attributes, version: optional(text('Such as `24.8`.')) },
  sources,
  signals: {
    up: answersItself('builtin'),
    replicasReadOnly: {
      ...highIsBad('count', 'Replicated tables that cannot be written', '只读的复制表数'),
      from: 'builtin',
      ...read((series) => series('ClickHouseMetrics_ReadonlyReplica')),
    },
    keeperSession: {
      ...stateOf('Session with its keeper', '与 Keeper 的会话'),
      from: 'builtin',
      // A server without replicated tables has none, and a moment of two is a new one after a break.
      ...read(
        (series) =>
          `clamp_max(${series('ClickHouseMetrics_ZooKeeperSession')}, 1) and max_over_time(${series('ClickHouseMetrics_ZooKeeperSession')}[1d]) >= 1`,
      ),
    },
    replicaDelay: {
      ...highIsBad('seconds', 'Replicas are behind by', '副本最大延迟'),
      from: 'builtin',
      ...read((series) => series('ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay')),
    },
    replicaQueue: {
      ...highIsBad('count', 'Tasks of replication that wait', '复制队列长度'),
      from: 'builtin',
      ...read((series) => series('ClickHouseAsyncMetrics_ReplicasMaxQueueSize')),
    },
    parts: {
      ...highIsBad('count', 'Parts of the fullest partition', '单分区最大 Part 数'),
      from: 'builtin',
      ...read((series) => series('ClickHouseAsyncMetrics_MaxPartCountForPartition')),
    },
    insertsRejected: {
      ...highIsBad('count', 'Inserts rejected for too many parts (15 min)', '因 Part 过多拒绝的写入(15 分钟)'),
      from: 'builtin',
      ...read((series) => `increase(${series('ClickHouseProfileEvents_RejectedInserts')}[15m])`),
    },
    insertsDelayed: {
      ...highIsBad('per-second', 'Inserts that are slowed down', '被延迟的写入速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('ClickHouseProfileEvents_DelayedInserts')}[5m])`),
    },
    queries: {
      ...highIsBad('per-second', 'Queries', '查询速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('ClickHouseProfileEvents_Query')}[5m])`),
    },
    queriesRunning: {
      ...highIsBad('count', 'Queries that run', '正在执行的查询数'),
      from: 'builtin',
      ...read((series) => `avg_over_time(${series('ClickHouseMetrics_Query')}[5m])`),
    },
    queriesFailed: {
      ...highIsBad('ratio', 'Queries that fail', '查询失败比例'),
      from: 'builtin',
      // Of a few queries the ratio says nothing.
      ...read(
        (series) =>
          `rate(${series('ClickHouseProfileEvents_FailedQuery')}[15m]) / (rate(${series('ClickHouseProfileEvents_Query')}[15m]) > 0.1)`,
      ),
    },
    memoryUsed: {
      ...highIsBad('ratio', 'Memory used, of the machine', '内存使用率(占整机)'),
      from: 'builtin',
      ...read(
        (series) => `${series('ClickHouseMetrics_MemoryTracking')} / ${series('ClickHouseAsyncMetrics_OSMemoryTotal')}`,
      ),
    },
    diskFree: {
      ...lowIsBad('ratio', 'Data disk free', '数据盘剩余比例'),
      from: 'builtin',
      ...read(
        (series) =>
          `${series('ClickHouseAsyncMetrics_FilesystemMainPathAvailableBytes')} / ${series('ClickHouseAsyncMetrics_FilesystemMainPathTotalBytes')}`,
      ),
    },
    filesToSend: {
      ...highIsBad('count', 'Blocks that wait for other shards', '等待发往其他分片的数据块'),
      from: 'builtin',
      ...read((series) => series('ClickHouseMetrics_DistributedFilesToInsert')),
    },
  },
});
