import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({ program: 'opengauss_exporter', since: '0.0.9', port: 9187 });

const sent = ['application_name', 'client_addr', 'pid', 'state', 'sync_state', 'server'];

const read = readingsBy({
  pg_up: gauge(['server']),
  pg_in_recovery: gauge(['server']),
  pg_stat_activity_count: gauge(['datname', 'state', 'server']),
  pg_stat_activity_max_tx_duration: gauge(['datname', 'state', 'server']),
  pg_settings_max_connections: gauge(['server']),
  pg_stat_database_deadlocks: counter(['datid', 'datname', 'server']),
  pg_stat_database_blks_hit: counter(['datid', 'datname', 'server']),
  pg_stat_database_blks_read: counter(['datid', 'datname', 'server']),
  pg_stat_database_xact_commit: counter(['datid', 'datname', 'server']),
  pg_stat_replication_replay_diff: gauge(sent),
  pg_replication_slots_delay_lsn: gauge(['slot_name', 'slot_type', 'active', 'server']),
});

/** Of a slot; its positions are labels, which change all the time. */
const slotLabels = 'server, plugin, slot_type, datoid, database, datname, active, xmin, catalog_xmin, restart_lsn';

/**
 * An openGauss server, or a GaussDB that has its views, measured by opengauss_exporter. Not checked against a real one,
 * which cannot be had here: names and labels were read in the source and the default queries of 0.0.9.
 */
export const opengauss = defineClass({
  id: 'opengauss',
  title: { en: 'openGauss or GaussDB server', zh: 'openGauss / GaussDB 数据库' },
  attributes: { ...attributes, version: optional(text('Such as `5.0`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Answers queries', '可执行查询'),
      from: 'exporter',
      ...read((series) => `min without (server) (${series('pg_up')})`),
    },
    exporterUp: exporterAnswers('exporter'),
    roleKept: {
      ...stateOf('No change of role within the hour', '一小时内未发生主备切换'),
      from: 'exporter',
      ...read(
        (series) =>
          `1 - max without (server) (max_over_time(${series('pg_in_recovery')}[1h]) - min_over_time(${series('pg_in_recovery')}[1h]))`,
      ),
    },
    connectionsUsed: {
      ...highIsBad('ratio', 'Connections used', '连接使用率'),
      from: 'exporter',
      ...read(
        (series) =>
          `sum without (datname, state, server) (${series('pg_stat_activity_count')}) / (max without (server) (${series('pg_settings_max_connections')}) > 0)`,
      ),
    },
    longestTransaction: {
      ...highIsBad('seconds', 'Longest transaction', '最长事务时间'),
      from: 'exporter',
      ...read((series) => `max without (datname, state, server) (${series('pg_stat_activity_max_tx_duration')})`),
    },
    deadlocks: {
      ...highIsBad('count', 'Deadlocks (15 min)', '死锁次数(15 分钟)'),
      from: 'exporter',
      ...read(
        (series) => `sum without (datid, datname, server) (increase(${series('pg_stat_database_deadlocks')}[15m]))`,
      ),
    },
    cacheHit: {
      ...lowIsBad('ratio', 'Blocks found in the cache', '缓存命中率'),
      from: 'exporter',
      // Of a server that reads under 100 blocks a second the ratio says nothing, so there is none.
      ...read((series) => {
        const [hit, missed] = (['hit', 'read'] as const).map(
          (kind) => `sum without (datid, datname, server) (rate(${series(`pg_stat_database_blks_${kind}`)}[15m]))`,
        );
        return `${hit} / (${hit} + ${missed} > 100)`;
      }),
    },
    transactions: {
      ...highIsBad('per-second', 'Transactions', '事务速率'),
      from: 'exporter',
      ...read((series) => `sum without (datid, datname, server) (rate(${series('pg_stat_database_xact_commit')}[5m]))`),
    },
    standbyBacklog: {
      ...highIsBad('bytes', 'Log that a standby has not replayed', '备库未回放的日志量'),
      from: 'exporter',
      // Present only on a server with a standby that is connected.
      ...read(
        (series) => `max without (pid, state, sync_state, server) (${series('pg_stat_replication_replay_diff')})`,
      ),
      partLabels: ['application_name', 'client_addr'],
    },
    standbysLost: {
      ...highIsBad('count', 'Standbys lost since yesterday', '一天内失去的备库数'),
      from: 'exporter',
      // A lost standby leaves no series behind: only the number of yesterday tells of it, the more so after the last one.
      ...read((series) => {
        const now = `count without (${sent.join(', ')}) (${series('pg_stat_replication_replay_diff')})`;
        const most = `max_over_time((${now})[1d:5m])`;
        return `(${most} - ${now}) or (${most} and on (item) ${series('pg_in_recovery')} == 0)`;
      }),
    },
    slotRetained: {
      ...highIsBad('bytes', 'Log kept for a replication slot', '复制槽保留的日志量'),
      from: 'exporter',
      ...read((series) => `max without (${slotLabels}) (${series('pg_replication_slots_delay_lsn')})`),
      partLabels: ['slot_name'],
    },
  },
});
