import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

const ofDevice = ['full_name', 'name', 'group', 'model'];

const read = readingsBy({
  oxidized_status: gauge(),
  oxidized_device_status: gauge(ofDevice),
  oxidized_device_last_backup_status: gauge(ofDevice),
  oxidized_device_last_backup_end: gauge(ofDevice),
  oxidized_device_config_lines: gauge(ofDevice),
  oxidized_device_config_size: gauge(ofDevice),
});

const { attributes, sources } = measuredBeside({
  program: 'oxidized-exporter',
  since: '0.1',
  port: 8080,
  // It asks Oxidized for the configuration of every device; asked more rarely, a series would have gaps.
  interval: '120s',
  timeout: '110s',
});

/**
 * Oxidized, which fetches the configurations of network devices and keeps them in Git, by the exporter of akquinet. Not
 * checked against a real one: the names were read in its source. A change is seen by the size of a configuration.
 */
export const configBackup = defineClass({
  id: 'config-backup',
  title: { en: 'Network configurations (Oxidized)', zh: '网络配置备份(Oxidized)' },
  attributes: { ...attributes, repository: optional(text('Where the Git repository of the configurations is.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Oxidized answers', 'Oxidized 应答'),
      from: 'exporter',
      ...read((series) => series('oxidized_status')),
    },
    exporterUp: exporterAnswers('exporter'),
    deviceReached: {
      ...stateOf('Device reached', '设备可登录'),
      from: 'exporter',
      // 2 reached, 1 never tried, 0 no connection.
      ...read((series) => `${series('oxidized_device_status')} == bool 2`),
      partLabels: ['name'],
    },
    saved: {
      ...stateOf('Last backup of the configuration succeeded', '最近一次配置备份成功'),
      from: 'exporter',
      ...read((series) => `${series('oxidized_device_last_backup_status')} == bool 2`),
      partLabels: ['name'],
    },
    age: {
      ...highIsBad('seconds', 'Since the configuration was fetched', '距上次获取配置'),
      from: 'exporter',
      ...read((series) => `time() - ${series('oxidized_device_last_backup_end')}`),
      partLabels: ['name'],
    },
    changed: {
      ...highIsBad('bytes', 'Configuration changed by (6 h)', '配置变更量(6 小时)'),
      from: 'exporter',
      ...read((series) => `abs(delta(${series('oxidized_device_config_size')}[6h]))`),
      partLabels: ['name'],
    },
    lines: {
      ...highIsBad('count', 'Lines of the configuration', '配置行数'),
      from: 'exporter',
      ...read((series) => series('oxidized_device_config_lines')),
      partLabels: ['name'],
    },
  },
});
