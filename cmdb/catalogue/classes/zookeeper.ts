import { defineClass, networkName, optional, port } from 'opsctl';
import { answersItself } from './exporter-answers.ts';

/**
 * One ZooKeeper server, by its PrometheusMetricsProvider (3.6 and later). Not checked against a real one: Debian's build
 * leaves the provider out. The names, which have no prefix, were read in the source of ZooKeeper.
 */
export const zookeeper = defineClass({
  id: 'zookeeper',
  title: { en: 'ZooKeeper server', zh: 'ZooKeeper 服务器' },
  attributes: {
    address: networkName('DNS name or IP address of the server.'),
    metricsPort: optional(port('`metricsProvider.httpPort`.'), 7000),
  },
  sources: {
    builtin: {
      kind: 'exporter',
      exporter: 'zookeeper >=3.6',
      interval: '30s',
      endpoint: ({ address, metricsPort = 7000 }) => `${address}:${metricsPort}`,
    },
  },
  signals: {
    up: answersItself('builtin'),
    serving: {
      title: { en: 'Serves requests', zh: '正在提供服务' },
      unit: 'boolean',
      direction: 'state',
      from: 'builtin',
      // Without a quorum the process answers and has no gauges of a server: absence is the sign of trouble here.
      expression: (series) => `(${series('outstanding_requests')} >= bool 0) or 0 * (${series('up')} == 1)`,
      metrics: ['outstanding_requests', 'up'],
    },
    outstanding: {
      title: { en: 'Requests that wait', zh: '排队请求数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `avg_over_time(${series('outstanding_requests')}[5m])`,
      metrics: ['outstanding_requests'],
    },
    fsync: {
      title: { en: 'Time to write the log to disk', zh: '日志落盘时间' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `rate(${series('fsynctime_sum')}[5m]) / (rate(${series('fsynctime_count')}[5m]) > 0) / 1000`,
      metrics: ['fsynctime_sum', 'fsynctime_count'],
    },
    followersMissing: {
      title: { en: 'Followers that the leader misses', zh: '主节点缺少的跟随者数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      // Only the leader counts followers.
      expression: (series) => `${series('quorum_size')} - 1 - ${series('synced_followers')}`,
      metrics: [],
    },
    elections: {
      title: { en: 'Elections (1 h)', zh: '选举次数(1 小时)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      // The newer client library of Prometheus, in ZooKeeper after 3.9, adds the suffix.
      expression: (series) =>
        `increase(${series('looking_count')}[1h]) or increase(${series('looking_count_total')}[1h])`,
      metrics: [],
    },
    descriptorsUsed: {
      title: { en: 'File descriptors used', zh: '文件描述符使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `${series('open_file_descriptor_count')} / ${series('max_file_descriptor_count')}`,
      metrics: ['open_file_descriptor_count', 'max_file_descriptor_count'],
    },
    connections: {
      title: { en: 'Connections', zh: '连接数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => series('num_alive_connections'),
      metrics: ['num_alive_connections'],
    },
    nodes: {
      title: { en: 'Nodes in the tree', zh: '节点(znode)数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => series('znode_count'),
      metrics: ['znode_count'],
    },
  },
});
