import { defineAlertPack } from 'opsctl';
import { nacos } from 'opsctl/cmdb';

const state = ['S0:7.1.1.4', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4'];

/** Alerts of Nacos servers. */
export const nacosAlerts = defineAlertPack(nacos, {
  down: {
    name: 'NacosDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'Nacos {item} at {site} does not answer', zh: '{site} 的 Nacos {item} 无应答' },
    runbook: 'nacos/down',
    rationale: 'Four failed scrapes in a row. Clients go on with what they remember, and new ones do not start.',
    clauses: state,
  },
  databaseErrors: {
    name: 'NacosDatabaseErrors',
    signal: 'databaseErrors',
    when: { above: 0 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: '{item} had {value} errors of its database in 15 minutes',
      zh: '{item} 15 分钟内数据库出错 {value} 次',
    },
    runbook: 'nacos/data',
    rationale:
      'Configurations cannot be read or changed; a failover of the database is one error, and over in five minutes.',
    clauses: state,
  },
  peerErrors: {
    name: 'NacosPeerErrors',
    signal: 'peerErrors',
    when: { above: 5 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{item} does not reach other servers: {value} errors', zh: '{item} 与其他节点通信出错 {value} 次' },
    runbook: 'nacos/data',
    rationale: 'Servers then give different answers. A restart of one makes a few.',
    clauses: state,
  },
  notifyingLate: {
    name: 'NacosNotifyingLate',
    signal: 'notifying',
    when: { above: 100 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} changes of {item} wait to reach other servers', zh: '{item} 有 {value} 个配置变更待通知' },
    runbook: 'nacos/data',
    rationale: 'At the lowest point of five minutes: they do not drain.',
    clauses: performance,
  },
  dumpingLate: {
    name: 'NacosDumpingLate',
    signal: 'dumping',
    when: { above: 100 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} changes of {item} wait to be written', zh: '{item} 有 {value} 个配置变更待落盘' },
    runbook: 'nacos/data',
    rationale: 'Its disk or database is slow; a restart would lose nothing, and answer with old values.',
    clauses: performance,
  },
  pushesFailing: {
    name: 'NacosPushesFailing',
    signal: 'pushesFailed',
    when: { above: 50 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{item} failed to tell clients {value} times', zh: '{item} 推送客户端失败 {value} 次' },
    runbook: 'nacos/data',
    rationale: 'Clients that went away make some; fifty keep calling addresses that are gone.',
    clauses: performance,
  },
  heapFull: {
    name: 'NacosHeapFull',
    signal: 'heapKept',
    when: { above: 0.9 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{item} keeps {value} of its heap in use', zh: '{item} 的堆在回收后仍占用 {value}' },
    runbook: 'nacos/down',
    rationale: 'The lowest point of a quarter of an hour; long pauses follow, and clients reconnect all at once.',
    clauses: performance,
  },
});
