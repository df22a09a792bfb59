import { choice, defineClass, networkName, optional, port, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';

/** What Windows shows as volumes besides those with a letter: boot and recovery partitions. */
const volumes = 'volume!~"HarddiskVolume.*"';

/**
 * A Windows machine, real or virtual, with windows_exporter on it. Not checked against a real one, which cannot be had
 * here: names and labels were read in the documentation of windows_exporter 0.31. Clocks need the collector `time`, which
 * is off by default.
 */
export const windowsHost = defineClass({
  id: 'windows-host',
  title: { en: 'Windows host', zh: 'Windows 主机' },
  attributes: {
    address: networkName('DNS name or IP address that Prometheus reaches it by.'),
    exporterPort: optional(port('Port of windows_exporter.'), 9182),
    kind: optional(choice('Real or virtual.', ['physical', 'virtual']), 'virtual'),
    operatingSystem: optional(text('Such as `Windows Server 2022`.')),
  },
  sources: {
    windows: {
      kind: 'exporter',
      exporter: 'windows_exporter >=0.30',
      interval: '30s',
      endpoint: ({ address, exporterPort = 9182 }) => `${address}:${exporterPort}`,
    },
  },
  signals: {
    up: exporterAnswers('windows'),
    collected: {
      title: { en: 'Collector succeeded', zh: '采集项成功' },
      unit: 'boolean',
      direction: 'state',
      from: 'windows',
      expression: (series) => series('windows_exporter_collector_success'),
      metrics: ['windows_exporter_collector_success'],
      partLabels: ['collector'],
    },
    cpuBusy: {
      title: { en: 'CPU busy', zh: 'CPU 使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'windows',
      expression: (series) =>
        `1 - avg without (core, mode) (rate(${series('windows_cpu_time_total', 'mode="idle"')}[5m]))`,
      metrics: ['windows_cpu_time_total'],
    },
    memoryAvailable: {
      title: { en: 'Memory available', zh: '可用内存比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'windows',
      // Memory that caches is available; `physical_free` would leave it out.
      expression: (series) =>
        `${series('windows_memory_available_bytes')} / ${series('windows_memory_physical_total_bytes')}`,
      metrics: ['windows_memory_available_bytes', 'windows_memory_physical_total_bytes'],
    },
    memoryCommitted: {
      title: { en: 'Memory promised of what there is', zh: '已提交内存比例' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'windows',
      expression: (series) =>
        `${series('windows_memory_committed_bytes')} / (${series('windows_memory_commit_limit')} > 0)`,
      metrics: ['windows_memory_committed_bytes', 'windows_memory_commit_limit'],
    },
    volumeFree: {
      title: { en: 'Volume space free', zh: '卷剩余空间比例' },
      unit: 'ratio',
      direction: 'low-is-bad',
      from: 'windows',
      expression: (series) =>
        `${series('windows_logical_disk_free_bytes', volumes)} / (${series('windows_logical_disk_size_bytes', volumes)} > 0)`,
      metrics: ['windows_logical_disk_free_bytes', 'windows_logical_disk_size_bytes'],
      partLabels: ['volume'],
    },
    volumeBusy: {
      title: { en: 'Volume busy', zh: '卷繁忙率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'windows',
      expression: (series) => `1 - rate(${series('windows_logical_disk_idle_seconds_total', volumes)}[5m])`,
      metrics: ['windows_logical_disk_idle_seconds_total'],
      partLabels: ['volume'],
    },
    networkErrors: {
      title: { en: 'Network errors', zh: '网络错误速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'windows',
      expression: (series) =>
        `rate(${series('windows_net_packets_received_errors_total')}[5m]) + rate(${series('windows_net_packets_outbound_errors_total')}[5m])`,
      metrics: ['windows_net_packets_received_errors_total', 'windows_net_packets_outbound_errors_total'],
      partLabels: ['nic'],
    },
    clockOffset: {
      title: { en: 'Clock offset', zh: '时钟偏差' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'windows',
      expression: (series) => `abs(${series('windows_time_computed_time_offset_seconds')})`,
      // Only with the collector `time`.
      metrics: [],
    },
    servicesStopped: {
      title: { en: 'Services that start by themselves and are stopped', zh: '自动启动但已停止的服务数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'windows',
      // Some of Windows' own stop when they have nothing to do: a number to look at, and not to wake anybody for.
      expression: (series) =>
        `count without (name, start_mode, state) (${series('windows_service_start_mode', 'start_mode="auto"')} == 1 and on (item, name) ${series('windows_service_state', 'state="stopped"')} == 1)`,
      metrics: ['windows_service_start_mode', 'windows_service_state'],
    },
  },
});
