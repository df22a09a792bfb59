import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({
  program: 'prometheus-mssql-exporter',
  since: '1.0',
  port: 4000,
  timeout: '20s',
});

const read = readingsBy({
  mssql_up: gauge(),
  mssql_database_state: gauge(['database']),
  mssql_connections: gauge(['database', 'state']),
  // Counts since the start of the server, though the exporter calls them gauges.
  mssql_deadlocks: {},
  mssql_user_errors: {},
  mssql_batch_requests: {},
  mssql_log_growths: { labels: ['database'] },
  mssql_io_stall_total: { labels: ['database'] },
  mssql_page_life_expectancy: gauge(),
  mssql_database_filesize: gauge(['database', 'logicalname', 'type', 'filename']),
});

/**
 * A Microsoft SQL Server, measured by prometheus-mssql-exporter (awaragi). Not checked against a real one, which cannot
 * be had here: names, labels and units were read in the source of its 1.3.
 */
export const sqlServer = defineClass({
  id: 'sql-server',
  title: { en: 'SQL Server', zh: 'SQL Server 数据库' },
  attributes: { ...attributes, version: optional(text('Such as `2019`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Answers queries', '可执行查询'),
      from: 'exporter',
      ...read((series) => series('mssql_up')),
    },
    exporterUp: exporterAnswers('exporter'),
    databaseUsable: {
      ...stateOf('Database usable', '数据库可用'),
      from: 'exporter',
      // 3 waits for recovery, 4 suspect, 5 emergency, 6 offline. 1 is a restore or a mirror, 2 the start.
      ...read((series) => {
        const state = series('mssql_database_state');
        return `1 - (${state} >= bool 3) * (${state} <= bool 6)`;
      }),
      partLabels: ['database'],
    },
    connections: {
      ...highIsBad('count', 'Connections', '连接数'),
      from: 'exporter',
      ...read((series) => `sum without (database, state) (${series('mssql_connections')})`),
    },
    batches: {
      ...highIsBad('per-second', 'Batches', '批处理速率'),
      from: 'exporter',
      ...read((series) => `rate(${series('mssql_batch_requests')}[5m])`),
    },
    errors: {
      ...highIsBad('per-second', 'Errors of users', '用户错误速率'),
      from: 'exporter',
      ...read((series) => `rate(${series('mssql_user_errors')}[5m])`),
    },
    deadlocks: {
      ...highIsBad('count', 'Deadlocks (15 min)', '死锁次数(15 分钟)'),
      from: 'exporter',
      ...read((series) => `increase(${series('mssql_deadlocks')}[15m])`),
    },
    pageLife: {
      ...lowIsBad('seconds', 'Time that a page stays in memory', '页面驻留时间(PLE)'),
      from: 'exporter',
      ...read((series) => series('mssql_page_life_expectancy')),
    },
    waitingForDisk: {
      ...highIsBad('count', 'Reads and writes that wait for the disk', '等待磁盘的读写数'),
      from: 'exporter',
      // Milliseconds waited in each second: how many waited on average.
      ...read((series) => `rate(${series('mssql_io_stall_total')}[5m]) / 1000`),
      partLabels: ['database'],
    },
    logGrowths: {
      ...highIsBad('count', 'Growths of the transaction log (1 h)', '事务日志增长次数(1 小时)'),
      from: 'exporter',
      ...read((series) => `increase(${series('mssql_log_growths')}[1h])`),
      partLabels: ['database'],
    },
    logOversized: {
      ...highIsBad('bytes', 'Transaction log that is larger than its data', '超过数据量的事务日志'),
      from: 'exporter',
      // Kilobytes; type 0 is data, 1 the log.
      ...read((series) => {
        const [data, log] = ['0', '1'].map(
          (type) =>
            `1024 * sum without (logicalname, type, filename) (${series('mssql_database_filesize', `type="${type}"`)})`,
        );
        return `${log} > ${data}`;
      }),
      partLabels: ['database'],
    },
  },
});
