import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({ program: 'kingbase_exporter', since: 'V8', port: 9187 });

const read = readingsBy({
  kingbase_sys_postmaster_start_time_seconds: gauge(),
  kingbase_sys_stat_activity_seconds: gauge(['state']),
  kingbase_max_connections_total: gauge(),
  kingbase_get_license_validdays_total: gauge(),
  kingbase_sys_stat_replication_wal_lsn_diff_bytes: gauge(),
  kingbase_sys_tablespace_bytes: gauge(['dbname']),
  kingbase_perf_tps_total: gauge(),
});

/** Which labels the exporter adds is published of few of its metrics, so what is kept is named, not what is dropped. */
const ofItem = 'by (item, class, tier, site, tenant, team, criticality, instance, job)';

/**
 * A KingbaseES server, measured by the exporter that comes with it. Not checked against a real one, which cannot be had
 * here: names were read off the dashboard for it that Nightingale publishes; what its labels are, is known in part.
 */
export const kingbase = defineClass({
  id: 'kingbase',
  title: { en: 'KingbaseES server', zh: '人大金仓数据库' },
  attributes: { ...attributes, version: optional(text('Such as `V8R6`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Answers queries', '可执行查询'),
      from: 'exporter',
      // It has no metric of its own for this; one that every query gives stands for it.
      ...read(
        (series) =>
          `clamp_max(count ${ofItem} (${series('kingbase_sys_postmaster_start_time_seconds')}), 1) or 0 * (${series('up')} == 1)`,
      ),
    },
    exporterUp: exporterAnswers('exporter'),
    licenceDaysLeft: {
      ...lowIsBad('days', 'Days until the licence ends', '许可证剩余天数'),
      from: 'exporter',
      ...read((series) => `min ${ofItem} (${series('kingbase_get_license_validdays_total')})`),
    },
    connectionsUsed: {
      ...highIsBad('ratio', 'Connections used', '连接使用率'),
      from: 'exporter',
      // One series for each session.
      ...read(
        (series) =>
          `count ${ofItem} (${series('kingbase_sys_stat_activity_seconds')}) / (max ${ofItem} (${series('kingbase_max_connections_total')}) > 0)`,
      ),
    },
    standbyBacklog: {
      ...highIsBad('bytes', 'Log that a standby has not replayed', '备库未回放的日志量'),
      from: 'exporter',
      // Present only on a server with a standby that is connected.
      ...read((series) => `max ${ofItem} (${series('kingbase_sys_stat_replication_wal_lsn_diff_bytes')})`),
    },
    tablespaceSize: {
      ...highIsBad('bytes', 'Size of tablespaces', '表空间大小'),
      from: 'exporter',
      ...read((series) => `sum ${ofItem} (${series('kingbase_sys_tablespace_bytes')})`),
    },
    transactions: {
      ...highIsBad('per-second', 'Transactions', '事务速率'),
      from: 'exporter',
      ...read((series) => `max ${ofItem} (${series('kingbase_perf_tps_total')})`),
    },
  },
});
