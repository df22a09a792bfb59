import { defineClass, optional, type SeriesSelector, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';

const { attributes, sources } = measuredBeside({ program: 'mysqld_exporter', since: '0.14', port: 9104 });

/**
 * One metric of `SHOW REPLICA STATUS`. MariaDB, and MySQL before 8.0.22, call it by the old word; newer ones by the new.
 * The labels tell several sources of one replica apart.
 */
function ofReplica(series: SeriesSelector, old: string, renamed: string): string {
  const both = `${series(`mysql_slave_status_${old}`)} or ${series(`mysql_slave_status_${renamed}`)}`;
  return `max without (master_uuid, channel_name, connection_name) (${both})`;
}

/**
 * A MySQL or MariaDB server, measured by mysqld_exporter beside it. Metric names were read off a real 0.14 with MariaDB
 * 10.11 (Debian 12); the renamed ones of MySQL 8.4 off the exporter's source.
 */
export const mysql = defineClass({
  id: 'mysql',
  title: { en: 'MySQL or MariaDB server', zh: 'MySQL / MariaDB 数据库' },
  attributes: { ...attributes, version: optional(text('Such as `MariaDB 10.11`.')) },
  sources,
  signals: {
    up: {
      title: { en: 'Answers queries', zh: '可执行查询' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('mysql_up'),
      metrics: ['mysql_up'],
    },
    exporterUp: exporterAnswers('exporter'),
    collected: {
      title: { en: 'All measurements taken', zh: '指标采集完整' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      // A server that is down fails every collection, and has an alert of its own.
      expression: (series) => `(1 - ${series('mysql_exporter_last_scrape_error')}) and ${series('mysql_up')} == 1`,
      metrics: ['mysql_exporter_last_scrape_error', 'mysql_up'],
    },
    connectionsUsed: {
      title: { en: 'Connections used', zh: '连接使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `${series('mysql_global_status_threads_connected')} / ${series('mysql_global_variables_max_connections')}`,
      metrics: ['mysql_global_status_threads_connected', 'mysql_global_variables_max_connections'],
    },
    threadsRunning: {
      title: { en: 'Statements that run', zh: '正在执行的语句数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `avg_over_time(${series('mysql_global_status_threads_running')}[5m])`,
      metrics: ['mysql_global_status_threads_running'],
    },
    slowQueries: {
      title: { en: 'Slow queries', zh: '慢查询速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `rate(${series('mysql_global_status_slow_queries')}[5m])`,
      metrics: ['mysql_global_status_slow_queries'],
    },
    logWaits: {
      title: { en: 'Waits for the log buffer (15 min)', zh: '日志缓冲等待次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `increase(${series('mysql_global_status_innodb_log_waits')}[15m])`,
      metrics: ['mysql_global_status_innodb_log_waits'],
    },
    connectionsRefused: {
      title: { en: 'Connections refused for want of one (5 min)', zh: '因连接数已满被拒绝的次数(5 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `sum without (error) (increase(${series('mysql_global_status_connection_errors_total', 'error="max_connections"')}[5m]))`,
      metrics: ['mysql_global_status_connection_errors_total'],
    },
    replicaReceives: {
      title: { en: 'Replica receives', zh: '复制接收线程运行' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => ofReplica(series, 'slave_io_running', 'replica_io_running'),
      // Present only on a replica; so are the next two.
      metrics: [],
      partLabels: ['master_host'],
    },
    replicaApplies: {
      title: { en: 'Replica applies', zh: '复制应用线程运行' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => ofReplica(series, 'slave_sql_running', 'replica_sql_running'),
      metrics: [],
      partLabels: ['master_host'],
    },
    replicaDelay: {
      title: { en: 'Replica is behind by', zh: '复制延迟' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'exporter',
      // NULL, and so absent, while a thread is stopped: the two signals above tell of that.
      expression: (series) => ofReplica(series, 'seconds_behind_master', 'seconds_behind_source'),
      metrics: [],
      partLabels: ['master_host'],
    },
  },
});
