import { defineClass, optional, type SeriesSelector, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';

const { attributes, sources } = measuredBeside({ program: 'postgres_exporter', since: '0.11', port: 9187 });

/** Of sessions: newer exporters add user, application and wait event to the labels that 0.11 has. */
const sessionLabels = 'datname, state, server, usename, application_name, backend_type, wait_event, wait_event_type';

/** Standbys that receive the log now. A base backup and a log archiver look like standbys, and end on purpose. */
function standbys(series: SeriesSelector): string {
  const sent = series('pg_stat_replication_pg_wal_lsn_diff', 'application_name!~"pg_basebackup|pg_receivewal.*"');
  return `count without (application_name, client_addr, slot_name, pid, state, server) (${sent})`;
}

/** A PostgreSQL server, measured by postgres_exporter beside it. Metric names were read off a real 0.11 (Debian 12). */
export const postgresql = defineClass({
  id: 'postgresql',
  title: { en: 'PostgreSQL server', zh: 'PostgreSQL 数据库' },
  attributes: { ...attributes, version: optional(text('Major version of the server, such as `15`.')) },
  sources,
  signals: {
    up: {
      title: { en: 'Answers queries', zh: '可执行查询' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('pg_up'),
      metrics: ['pg_up'],
    },
    exporterUp: exporterAnswers('exporter'),
    collected: {
      title: { en: 'All measurements taken', zh: '指标采集完整' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      // A server that is down fails every collection, and has an alert of its own.
      expression: (series) => `(1 - ${series('pg_exporter_last_scrape_error')}) and ${series('pg_up')} == 1`,
      metrics: ['pg_exporter_last_scrape_error', 'pg_up'],
    },
    connectionsUsed: {
      title: { en: 'Connections used', zh: '连接使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'exporter',
      // Some are kept for superusers, and applications are refused before those are taken.
      expression: (series) =>
        `sum without (${sessionLabels}) (${series('pg_stat_activity_count')}) / max without (server) (${series('pg_settings_max_connections')} - ${series('pg_settings_superuser_reserved_connections')})`,
      metrics: ['pg_stat_activity_count', 'pg_settings_max_connections', 'pg_settings_superuser_reserved_connections'],
    },
    longestTransaction: {
      title: { en: 'Longest transaction', zh: '最长事务时间' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `max without (${sessionLabels}) (${series('pg_stat_activity_max_tx_duration')})`,
      metrics: ['pg_stat_activity_max_tx_duration'],
    },
    longestIdleTransaction: {
      title: { en: 'Longest transaction that waits for its client', zh: '最长空闲事务时间' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `max without (${sessionLabels}) (${series('pg_stat_activity_max_tx_duration', 'state=~"idle in transaction.*"')})`,
      metrics: ['pg_stat_activity_max_tx_duration'],
    },
    deadlocks: {
      title: { en: 'Deadlocks (15 min)', zh: '死锁次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `sum without (datid, datname, server) (increase(${series('pg_stat_database_deadlocks')}[15m]))`,
      metrics: ['pg_stat_database_deadlocks'],
    },
    cacheHit: {
      title: { en: 'Blocks found in the cache', zh: '缓存命中率' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'exporter',
      // Of a server that reads under 100 blocks a second the ratio says nothing, so there is none.
      expression: (series) => {
        const [hit, read] = ['hit', 'read'].map(
          (kind) => `sum without (datid, datname, server) (rate(${series(`pg_stat_database_blks_${kind}`)}[15m]))`,
        );
        return `${hit} / (${hit} + ${read} > 100)`;
      },
      metrics: ['pg_stat_database_blks_hit', 'pg_stat_database_blks_read'],
    },
    archiveFailures: {
      title: { en: 'Failed archivings of the log (15 min)', zh: 'WAL 归档失败次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `sum without (server) (increase(${series('pg_stat_archiver_failed_count')}[15m]))`,
      metrics: ['pg_stat_archiver_failed_count'],
    },
    standbyBacklog: {
      title: { en: 'Log that a standby has not replayed', zh: '备库未回放的日志量' },
      unit: 'bytes',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `max without (slot_name, pid, state, server) (${series('pg_stat_replication_pg_wal_lsn_diff')})`,
      // Present only on a server with a standby that is connected.
      metrics: [],
      partLabels: ['application_name', 'client_addr'],
    },
    standbysLost: {
      title: { en: 'Standbys lost since yesterday', zh: '一天内失去的备库数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      // A lost standby leaves no series behind: only the number of yesterday tells of it, the more so after the last one.
      expression: (series) => {
        const most = `max_over_time((${standbys(series)})[1d:5m])`;
        return `(${most} - ${standbys(series)}) or (${most} and (${series('pg_up')} == 1))`;
      },
      metrics: [],
    },
    replayDelay: {
      title: { en: 'Delay of this standby', zh: '本备库回放延迟' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'exporter',
      // Measured on the standby itself, by postgres_exporter 0.12 and later; 0.11 needs the query of its examples.
      expression: (series) => `${series('pg_replication_lag_seconds')} or ${series('pg_replication_lag')}`,
      metrics: [],
    },
    slotInUse: {
      title: { en: 'Replication slot in use', zh: '复制槽使用中' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => `max without (database, server) (${series('pg_replication_slots_active')})`,
      // Present only on a server that has slots; so is the next.
      metrics: [],
      partLabels: ['slot_name'],
    },
    slotRetained: {
      title: { en: 'Log kept for a replication slot', zh: '复制槽保留的日志量' },
      unit: 'bytes',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `max without (database, server) (${series('pg_replication_slots_pg_wal_lsn_diff')})`,
      metrics: [],
      partLabels: ['slot_name'],
    },
  },
});
