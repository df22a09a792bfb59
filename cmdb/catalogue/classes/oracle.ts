import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({
  program: 'oracledb_exporter',
  since: '0.5',
  port: 9161,
  // Views of tablespaces are slow on large databases.
  interval: '60s',
  timeout: '30s',
});

/** From the file `cmdb/catalogue/exporters/oracledb-custom-metrics.toml`. */
const custom = { collector: '--custom.metrics' };

const read = readingsBy({
  oracledb_up: gauge(),
  oracledb_exporter_last_scrape_error: gauge(),
  oracledb_resource_current_utilization: gauge(['resource_name', 'inst_id']),
  oracledb_resource_limit_value: gauge(['resource_name', 'inst_id']),
  oracledb_sessions_value: gauge(['status', 'type', 'inst_id']),
  // Counts, though both exporters call them gauges.
  oracledb_activity_user_commits: { labels: ['inst_id'] },
  oracledb_activity_user_rollbacks: { labels: ['inst_id'] },
  oracledb_tablespace_used_percent: gauge(['tablespace', 'type']),
  oracledb_asm_diskgroup_free: gauge(['name', 'inst_id']),
  oracledb_asm_diskgroup_total: gauge(['name', 'inst_id']),
  oracledb_recovery_area_used_ratio: gauge([], custom),
  oracledb_archive_destination_valid: gauge(['dest_name'], custom),
  oracledb_standby_apply_lag_seconds: gauge([], custom),
  oracledb_backup_age_seconds: gauge([], custom),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

/** -1 stands for no limit. */
function resourceUsed(series: Series, resource: 'processes' | 'sessions'): string {
  const [used, limit] = (['current_utilization', 'limit_value'] as const).map(
    (field) => `max without (database) (${series(`oracledb_resource_${field}`, `resource_name="${resource}"`)})`,
  );
  return `max without (resource_name) (${used} / (${limit} > 0))`;
}

/**
 * An Oracle database, measured by oracledb_exporter: the one of iamseth (0.x), or that of Oracle (1.x, 2.x), which adds
 * the labels `inst_id` (one instance of a cluster) and `database`. Not checked against a real one, which cannot be had
 * here: names and labels were read in the default metrics of 0.6 and 2.4, and are those that both have.
 */
export const oracle = defineClass({
  id: 'oracle',
  title: { en: 'Oracle database', zh: 'Oracle 数据库' },
  attributes: { ...attributes, version: optional(text('Such as `19c`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Answers queries', '可执行查询'),
      from: 'exporter',
      ...read((series) => `min without (database) (${series('oracledb_up')})`),
    },
    exporterUp: exporterAnswers('exporter'),
    collected: {
      ...stateOf('All measurements taken', '指标采集完整'),
      from: 'exporter',
      // A server that is down fails every collection, and has an alert of its own.
      ...read(
        (series) =>
          `(1 - ${series('oracledb_exporter_last_scrape_error')}) and on (item) min without (database) (${series('oracledb_up')}) == 1`,
      ),
    },
    processesUsed: {
      ...highIsBad('ratio', 'Processes used', '进程使用率'),
      from: 'exporter',
      ...read((series) => resourceUsed(series, 'processes')),
      partLabels: ['inst_id'],
    },
    sessionsUsed: {
      ...highIsBad('ratio', 'Sessions used', '会话使用率'),
      from: 'exporter',
      ...read((series) => resourceUsed(series, 'sessions')),
      partLabels: ['inst_id'],
    },
    sessionsActive: {
      ...highIsBad('count', 'Sessions that work', '活动会话数'),
      from: 'exporter',
      ...read(
        (series) =>
          `sum without (database, status, type) (avg_over_time(${series('oracledb_sessions_value', 'status="ACTIVE",type="USER"')}[5m]))`,
      ),
      partLabels: ['inst_id'],
    },
    rolledBack: {
      ...highIsBad('ratio', 'Transactions rolled back', '事务回滚比例'),
      from: 'exporter',
      // Of fewer than one transaction a second the ratio says nothing.
      ...read((series) => {
        const [commits, rollbacks] = (['commits', 'rollbacks'] as const).map(
          (kind) => `sum without (database, inst_id) (rate(${series(`oracledb_activity_user_${kind}`)}[15m]))`,
        );
        return `${rollbacks} / (${commits} + ${rollbacks} > 1)`;
      }),
    },
    tablespaceUsed: {
      ...highIsBad('ratio', 'Tablespace used', '表空间使用率'),
      from: 'exporter',
      // Of what its files may grow to. Undo and temporary ones are full by nature, and 2.x gives the latter in shares.
      ...read(
        (series) =>
          `max without (database, type) (${series('oracledb_tablespace_used_percent', 'type="PERMANENT"')}) / 100`,
      ),
      partLabels: ['tablespace'],
    },
    diskGroupFree: {
      ...lowIsBad('ratio', 'ASM disk group free', 'ASM 磁盘组剩余比例'),
      from: 'exporter',
      // Present only with ASM.
      ...read((series) => {
        const [free, total] = (['free', 'total'] as const).map(
          (kind) => `max without (database, inst_id) (${series(`oracledb_asm_diskgroup_${kind}`)})`,
        );
        return `${free} / ${total}`;
      }),
      partLabels: ['name'],
    },
    recoveryAreaUsed: {
      ...highIsBad('ratio', 'Fast recovery area used', '快速恢复区使用率'),
      from: 'exporter',
      ...read((series) => `max without (database) (${series('oracledb_recovery_area_used_ratio')})`),
    },
    archiveValid: {
      ...stateOf('Archive destination valid', '归档目标有效'),
      from: 'exporter',
      ...read((series) => `min without (database) (${series('oracledb_archive_destination_valid')})`),
      partLabels: ['dest_name'],
    },
    standbyDelay: {
      ...highIsBad('seconds', 'Delay of this standby', '本备库应用延迟'),
      from: 'exporter',
      // Present only on a standby.
      ...read((series) => `max without (database) (${series('oracledb_standby_apply_lag_seconds')})`),
    },
    backupAge: {
      ...highIsBad('seconds', 'Age of the last backup', '最近一次备份距今'),
      from: 'exporter',
      ...read((series) => `min without (database) (${series('oracledb_backup_age_seconds')})`),
    },
  },
});
