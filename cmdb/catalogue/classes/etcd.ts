import { defineClass, networkName, optional, port } from 'opsctl';
import { answersItself } from './exporter-answers.ts';

/**
 * One etcd member, by its own metrics. The names were read off a real 3.4 (Debian 12). Where clients need a certificate,
 * let it serve the metrics alone, without one: `--listen-metrics-urls=http://...:2381`.
 */
export const etcd = defineClass({
  id: 'etcd',
  title: { en: 'etcd member', zh: 'etcd 成员' },
  attributes: {
    address: networkName('DNS name or IP address of the member.'),
    metricsPort: optional(port('Port that serves `/metrics` over HTTP.'), 2381),
  },
  sources: {
    builtin: {
      kind: 'exporter',
      exporter: 'etcd >=3.4',
      interval: '30s',
      endpoint: ({ address, metricsPort = 2381 }) => `${address}:${metricsPort}`,
    },
  },
  signals: {
    up: answersItself('builtin'),
    hasLeader: {
      title: { en: 'Has a leader', zh: '有主节点' },
      unit: 'boolean',
      direction: 'state',
      from: 'builtin',
      expression: (series) => series('etcd_server_has_leader'),
      metrics: ['etcd_server_has_leader'],
    },
    leaderChanges: {
      title: { en: 'Changes of leader (1 h)', zh: '主节点切换次数(1 小时)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `increase(${series('etcd_server_leader_changes_seen_total')}[1h])`,
      metrics: ['etcd_server_leader_changes_seen_total'],
    },
    fsync: {
      title: { en: 'Time to write the log to disk (p99)', zh: 'WAL 落盘时间(p99)' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `histogram_quantile(0.99, rate(${series('etcd_disk_wal_fsync_duration_seconds_bucket')}[5m]))`,
      metrics: ['etcd_disk_wal_fsync_duration_seconds_bucket'],
    },
    commit: {
      title: { en: 'Time to commit to the database (p99)', zh: '数据库提交时间(p99)' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `histogram_quantile(0.99, rate(${series('etcd_disk_backend_commit_duration_seconds_bucket')}[5m]))`,
      metrics: ['etcd_disk_backend_commit_duration_seconds_bucket'],
    },
    databaseUsed: {
      title: { en: 'Database used of its quota', zh: '数据库配额使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `${series('etcd_mvcc_db_total_size_in_bytes')} / (${series('etcd_server_quota_backend_bytes')} > 0)`,
      metrics: ['etcd_mvcc_db_total_size_in_bytes', 'etcd_server_quota_backend_bytes'],
    },
    proposalsFailed: {
      title: { en: 'Proposals that failed (15 min)', zh: '失败的提案数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `increase(${series('etcd_server_proposals_failed_total')}[15m])`,
      metrics: ['etcd_server_proposals_failed_total'],
    },
    proposalsPending: {
      title: { en: 'Proposals that wait', zh: '等待的提案数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `avg_over_time(${series('etcd_server_proposals_pending')}[5m])`,
      metrics: ['etcd_server_proposals_pending'],
    },
    descriptorsUsed: {
      title: { en: 'File descriptors used', zh: '文件描述符使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `${series('process_open_fds')} / ${series('process_max_fds')}`,
      metrics: ['process_open_fds', 'process_max_fds'],
    },
  },
});
