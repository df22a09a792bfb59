import { defineClass, optional, type SeriesSelector, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';

const { attributes, sources } = measuredBeside({ program: 'dameng_exporter', since: '1.2', port: 9200 });

/** One exporter may ask several servers; an item is one of them, or the server of an exporter of its own. */
function ofServer(series: SeriesSelector, metric: string, matchers?: string): string {
  return `max without (datasource) (${series(metric, matchers)})`;
}

/**
 * A Dameng DM8 server, measured by dameng_exporter with one data source. Not checked against a real one, which cannot be
 * had here: names, labels and values were read in the source of dameng_exporter 1.2.
 */
export const dameng = defineClass({
  id: 'dameng',
  title: { en: 'Dameng server', zh: '达梦数据库' },
  attributes: { ...attributes, version: optional(text('Such as `DM8`.')) },
  sources,
  signals: {
    up: {
      title: { en: 'Answers queries', zh: '可执行查询' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => `min without (datasource) (${series('dmdb_up')})`,
      metrics: ['dmdb_up'],
    },
    exporterUp: exporterAnswers('exporter'),
    open: {
      title: { en: 'Instance is open', zh: '实例处于 OPEN 状态' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      // 1 open, 2 mount, 3 suspend, 4 other.
      expression: (series) => `${ofServer(series, 'dmdbms_status_info')} == bool 1`,
      metrics: ['dmdbms_status_info'],
    },
    licenceDaysLeft: {
      title: { en: 'Days until the licence ends', zh: '许可证剩余天数' },
      unit: 'days',
      direction: 'low-is-bad',
      from: 'exporter',
      // Without an end it says -1, and a licence that ended yesterday says -1 too: only the label tells them apart.
      expression: (series) =>
        `max without (datasource, date_day_str) (${series('dmdbms_license_date', 'date_day_str!="无限制"')})`,
      metrics: ['dmdbms_license_date'],
    },
    sessionsUsed: {
      title: { en: 'Sessions used', zh: '会话使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `sum without (datasource, session_type) (${series('dmdbms_session_type_info')}) / max without (datasource, param_name) (${series('dmdbms_parameter_info', 'param_name="MAX_SESSIONS"')} > 0)`,
      metrics: ['dmdbms_session_type_info', 'dmdbms_parameter_info'],
    },
    transactionsWaiting: {
      title: { en: 'Transactions that wait for another', zh: '等待中的事务数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => ofServer(series, 'dmdbms_trx_num_info'),
      metrics: ['dmdbms_trx_num_info'],
    },
    deadlocks: {
      title: { en: 'Deadlocks (15 min)', zh: '死锁次数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `sum without (datasource) (increase(${series('dmdbms_dead_lock_num_total')}[15m]))`,
      metrics: ['dmdbms_dead_lock_num_total'],
    },
    tablespaceFree: {
      title: { en: 'Tablespace free', zh: '表空间剩余比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'exporter',
      expression: (series) =>
        `${ofServer(series, 'dmdbms_tablespace_size_free_info')} / (${ofServer(series, 'dmdbms_tablespace_size_total_info')} > 0)`,
      metrics: ['dmdbms_tablespace_size_free_info', 'dmdbms_tablespace_size_total_info'],
      partLabels: ['tablespace_name'],
    },
    archiveValid: {
      title: { en: 'Archive destination valid', zh: '归档目标有效' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => `min without (datasource, arch_src) (${series('dmdbms_arch_status_info')})`,
      // Present only where archiving is on.
      metrics: [],
      partLabels: ['arch_type', 'arch_dest'],
    },
    standbyDelay: {
      title: { en: 'Delay of this standby', zh: '本备库重演延迟' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => ofServer(series, 'dmdbms_rapply_time_diff'),
      // Present only on a standby.
      metrics: [],
    },
    roleKept: {
      title: { en: 'No change of role lately', zh: '近期未发生主备切换' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => `min without (datasource) (${series('dmdbms_switching_occurs')})`,
      metrics: ['dmdbms_switching_occurs'],
    },
    jobsFailed: {
      title: { en: 'Failed jobs (1 h)', zh: '失败的作业数(1 小时)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      // It counts a month of failures, and so falls as days pass.
      expression: (series) =>
        `${ofServer(series, 'dmdbms_joblog_error_num')} - max without (datasource) (min_over_time(${series('dmdbms_joblog_error_num')}[1h]))`,
      // Present only where the job system is installed.
      metrics: [],
    },
  },
});
