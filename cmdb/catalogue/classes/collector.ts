import { choice, defineClass, networkName, port, type Reading } from 'opsctl';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

type Program = 'blackbox_exporter' | 'snmp_exporter' | 'other';

/** What every program of the Prometheus libraries says of itself; read off blackbox_exporter 0.23 and snmp_exporter 0.21. */
const common = {
  process_cpu_seconds_total: counter(),
  process_resident_memory_bytes: gauge(),
  process_open_fds: gauge(),
  process_max_fds: gauge(),
  process_start_time_seconds: gauge(),
};
const read = readingsBy({
  ...common,
  blackbox_exporter_config_last_reload_successful: gauge(),
  blackbox_module_unknown_total: counter(),
  snmp_request_errors_total: counter(),
});

/**
 * An exporter of the control point that asks others: while it is down, everything that it asks is not seen. Operate it by
 * the control point that uses it.
 */
export const collector = defineClass({
  id: 'collector',
  title: { en: 'Shared exporter', zh: '共享采集器' },
  attributes: {
    address: networkName('DNS name or IP address of the exporter.'),
    port: port('Port of the exporter, such as 9115 of blackbox_exporter and 9116 of snmp_exporter.'),
    program: choice('Which program it is; `other` for ipmi_exporter, modbus_exporter, json_exporter and the like.', [
      'blackbox_exporter',
      'snmp_exporter',
      'other',
    ]),
  },
  sources: {
    blackbox: sourceOf('blackbox_exporter', 'blackbox_exporter >=0.23'),
    snmp: sourceOf('snmp_exporter', 'snmp_exporter >=0.21'),
    other: sourceOf('other', 'other_exporter'),
  },
  signals: {
    up: { ...stateOf('Answers', '应答'), readings: ofAll(read((series) => series('up'))) },
    configLoaded: {
      ...stateOf('Last reload succeeded', '最近一次重载成功'),
      readings: { blackbox: read((series) => series('blackbox_exporter_config_last_reload_successful')) },
    },
    badQuestions: {
      ...highIsBad('count', 'Questions that it does not understand (15 min)', '无法识别的请求数(15 分钟)'),
      readings: {
        blackbox: read((series) => `increase(${series('blackbox_module_unknown_total')}[15m])`),
        snmp: read((series) => `increase(${series('snmp_request_errors_total')}[15m])`),
      },
    },
    cpuUsed: {
      ...highIsBad('count', 'Processors in use', '占用处理器核数'),
      readings: ofAll(read((series) => `rate(${series('process_cpu_seconds_total')}[5m])`)),
    },
    memoryUsed: {
      ...highIsBad('bytes', 'Memory in use', '内存占用'),
      readings: ofAll(read((series) => series('process_resident_memory_bytes'))),
    },
    filesUsed: {
      ...highIsBad('ratio', 'Open files of those allowed', '文件句柄占用率'),
      readings: ofAll(read((series) => `${series('process_open_fds')} / ${series('process_max_fds')}`)),
    },
    sinceStart: {
      ...lowIsBad('seconds', 'Time since it was started', '已运行时间'),
      readings: ofAll(read((series) => `time() - ${series('process_start_time_seconds')}`)),
    },
  },
});

function sourceOf(program: Program, exporter: string) {
  return {
    kind: 'exporter',
    exporter,
    interval: '30s',
    when: (attributes: { readonly program: Program }) => attributes.program === program,
    endpoint: ({ address, port: own }: { readonly address: string; readonly port: number }) => `${address}:${own}`,
  } as const;
}

function ofAll(reading: Reading): Readonly<Record<'blackbox' | 'snmp' | 'other', Reading>> {
  return { blackbox: reading, snmp: reading, other: reading };
}
