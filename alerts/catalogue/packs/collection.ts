import { defineAlertPack } from 'opsctl';
import { collector, mtail, otelCollector, pushgateway, vector } from 'opsctl/cmdb';

/** Alerts of shared exporters. */
export const collectorAlerts = defineAlertPack(collector, {
  down: {
    name: 'CollectorDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    summary: { en: 'Shared exporter {item} at {site} does not answer', zh: '{site} 的共享采集器 {item} 无应答' },
    runbook: 'collector/down',
    rationale: 'Everything that it asks is not seen while it is down; four scrapes are longer than a restart.',
    clauses: ['S0:7.1.1.1.a'],
  },
  configOld: {
    name: 'CollectorConfigOld',
    signal: 'configLoaded',
    when: { equals: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{item} runs with an older configuration', zh: '{item} 仍在使用旧配置' },
    runbook: 'collector/config',
    rationale: 'opsctl puts back files that are refused, so somebody else changed them; the next restart would fail.',
    clauses: ['S0:7.1.1.1.a'],
  },
  badQuestions: {
    name: 'CollectorBadQuestions',
    signal: 'badQuestions',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{item} did not understand {value} questions', zh: '{item} 有 {value} 次请求无法识别' },
    runbook: 'collector/config',
    rationale:
      'A module that it does not know: its file is older than the targets of Prometheus. During an apply both differ for seconds.',
    clauses: ['S0:7.1.1.1.a'],
  },
  filesHigh: {
    name: 'CollectorFilesHigh',
    signal: 'filesUsed',
    when: { above: 0.8 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{item} has {value} of its files open', zh: '{item} 文件句柄占用 {value}' },
    runbook: 'collector/resources',
    rationale: 'Without free files it opens no connection, and every item behind it looks down.',
    clauses: ['S0:7.1.1.1.a'],
  },
  restarting: {
    name: 'CollectorRestarting',
    signal: 'sinceStart',
    when: { below: 900 },
    for: '30m',
    severity: 'warning',
    summary: {
      en: '{item} starts again and again, the last time {value} ago',
      zh: '{item} 反复重启,最近一次在 {value} 前',
    },
    runbook: 'collector/resources',
    rationale: 'For half an hour it was never older than a quarter of one: a program that falls over, not an update.',
    clauses: ['S0:7.1.1.1.a'],
  },
});

/** Alerts of Pushgateways. */
export const pushgatewayAlerts = defineAlertPack(pushgateway, {
  down: {
    name: 'PushgatewayDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'Pushgateway {item} at {site} does not answer', zh: '{site} 的推送网关 {item} 无应答' },
    runbook: 'pushgateway/down',
    rationale: 'Jobs that end cannot leave their results, and most do not try again.',
    clauses: ['S0:7.1.1.1.a'],
  },
  pushOld: {
    name: 'PushgatewayPushOld',
    signal: 'pushAge',
    when: { above: 108_000 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: '{exported_job} has not pushed to {item} for {value}',
      zh: '任务 {exported_job} 已 {value} 未向 {item} 推送',
    },
    runbook: 'pushgateway/stale',
    samples: { bad: { push_time_seconds: -200_000 }, good: { push_time_seconds: 0 } },
    rationale:
      'Jobs run daily at least; six hours more are for those that take long. The gateway shows the last result for ever, so nothing else tells.',
    clauses: ['S0:7.1.1.1.a'],
  },
  pushRefused: {
    name: 'PushgatewayPushRefused',
    signal: 'pushAccepted',
    when: { equals: 0 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: 'The last push of {exported_job} to {item} was refused',
      zh: '{item} 拒绝了任务 {exported_job} 最近一次推送',
    },
    runbook: 'pushgateway/stale',
    rationale:
      'What it pushed contradicts what is there, or is no exposition: it stays refused until somebody changes it.',
    clauses: ['S0:7.1.1.1.a'],
  },
});

/** Alerts of log counters. */
export const mtailAlerts = defineAlertPack(mtail, {
  down: {
    name: 'MtailDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'mtail {item} at {site} does not answer', zh: '{site} 的日志计数器 {item} 无应答' },
    runbook: 'mtail/down',
    rationale: 'No alert on logs can fire while nobody counts them.',
    clauses: ['S0:7.1.1.1.a/3'],
  },
  programBroken: {
    name: 'MtailProgramBroken',
    signal: 'programsBroken',
    when: { above: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'Program {prog} of {item} does not load', zh: '{item} 的程序 {prog} 无法加载' },
    runbook: 'mtail/program-broken',
    rationale: 'What it should count is not counted, and its alerts stay quiet. It does not come right by itself.',
    clauses: ['S0:7.1.1.1.a/3'],
  },
  silent: {
    name: 'MtailSilent',
    signal: 'linesRead',
    when: { below: 0.001 },
    for: '2h',
    severity: 'warning',
    summary: { en: '{item} has read no line for two hours', zh: '{item} 已两小时未读到任何日志行' },
    runbook: 'mtail/silent',
    rationale: 'A log that moved, or that it may no longer read. Waive it where logs are quiet for whole nights.',
    clauses: ['S0:7.1.1.1.a/3'],
  },
});

/** Alerts of OpenTelemetry Collectors. */
export const otelCollectorAlerts = defineAlertPack(otelCollector, {
  down: {
    name: 'OtelCollectorDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: 'Collector {item} at {site} does not answer',
      zh: '{site} 的 OpenTelemetry Collector {item} 无应答',
    },
    runbook: 'otel-collector/down',
    rationale: 'Applications keep a minute or so of data, and then lose it.',
    clauses: ['S0:7.1.1.1.a'],
  },
  refusing: {
    name: 'OtelCollectorRefusing',
    signal: 'refused',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{item} refused {value} items of {receiver}', zh: '{item} 拒收了 {value} 条 {receiver} 数据' },
    runbook: 'otel-collector/backpressure',
    rationale: 'Memory limiter or a full pipeline; whoever sends tries again for a while.',
    clauses: ['S0:7.1.1.1.a'],
  },
  notDelivering: {
    name: 'OtelCollectorNotDelivering',
    signal: 'sendFailed',
    when: { above: 0 },
    for: '15m',
    severity: 'critical',
    summary: {
      en: '{item} could not deliver {value} items by {exporter}',
      zh: '{item} 经 {exporter} 未能送达 {value} 条数据',
    },
    runbook: 'otel-collector/backpressure',
    rationale:
      'Counted after all retries: this is lost. A quarter of an hour is longer than a restart of what it sends to.',
    clauses: ['S0:7.1.1.1.a'],
  },
  queueHigh: {
    name: 'OtelCollectorQueueHigh',
    signal: 'queueUsed',
    when: { above: 0.8 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: 'The queue of {exporter} at {item} is {value} full',
      zh: '{item} 的 {exporter} 发送队列占用 {value}',
    },
    runbook: 'otel-collector/backpressure',
    rationale: 'What it sends to is slower than what comes in; at the end of the queue data is lost.',
    clauses: ['S0:7.1.1.1.a'],
  },
  losing: {
    name: 'OtelCollectorLosing',
    signal: 'lost',
    when: { above: 0 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: '{item} lost {value} items at the full queue of {exporter}',
      zh: '{item} 的 {exporter} 队列已满,丢失 {value} 条数据',
    },
    runbook: 'otel-collector/backpressure',
    rationale: 'What finds no place in the queue is gone.',
    clauses: ['S0:7.1.1.1.a'],
  },
});

/** Alerts of log shippers. */
export const vectorAlerts = defineAlertPack(vector, {
  down: {
    name: 'VectorDown',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: 'Log shipper {item} at {site} does not answer', zh: '{site} 的日志转发器 {item} 无应答' },
    runbook: 'vector/down',
    rationale: 'No log of this place arrives, and files that rotate meanwhile are lost.',
    clauses: ['S0:7.1.1.1.a/3'],
  },
  errors: {
    name: 'VectorErrors',
    signal: 'errors',
    when: { above: 10 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: '{component_id} of {item} had {value} errors',
      zh: '{item} 的组件 {component_id} 出现 {value} 次错误',
    },
    runbook: 'vector/losing',
    rationale: 'Single errors are tried again; ten in ten minutes for a quarter of an hour are no accident.',
    clauses: ['S0:7.1.1.1.a/3'],
  },
  losing: {
    name: 'VectorLosing',
    signal: 'lost',
    when: { above: 0 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: '{component_id} of {item} lost {value} events',
      zh: '{item} 的组件 {component_id} 丢失 {value} 条事件',
    },
    runbook: 'vector/losing',
    rationale: 'Discarded though nobody asked for it: a full buffer, or events that a sink refuses for good.',
    clauses: ['S0:7.1.1.1.a/3'],
  },
});
