import { defineAlertPack } from 'opsctl';
import { tdengine } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.3/2', 'S0:7.1.1.3.b', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.3/1'];

/** Alerts of TDengine clusters. */
export const tdengineAlerts = defineAlertPack(tdengine, {
  down: {
    name: 'TdengineDown',
    signal: 'up',
    when: { equals: 0 },
    for: '3m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'TDengine {item} at {site} tells nothing of itself', zh: '{site} 的 TDengine {item} 无法读取状态' },
    runbook: 'tdengine/down',
    rationale: 'The keeper reads it every half minute: six in a row gave nothing.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'TdengineNotWatched', runbook: 'tdengine/not-watched', clauses: state }),
  nodesMissing: {
    name: 'TdengineNodesMissing',
    signal: 'dataNodesMissing',
    when: { above: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{value} data nodes of {item} are missing', zh: '{item} 有 {value} 个数据节点离线' },
    runbook: 'tdengine/nodes',
    rationale: 'Databases of one replica miss its part. Five minutes outlast a restart.',
    clauses: state,
  },
  managementMissing: {
    name: 'TdengineManagementNodesMissing',
    signal: 'managementNodesMissing',
    when: { above: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{value} management nodes of {item} are missing', zh: '{item} 有 {value} 个管理节点离线' },
    runbook: 'tdengine/nodes',
    rationale: 'Of three, a second loss stops the cluster.',
    clauses: state,
  },
  groupsMissing: {
    name: 'TdengineGroupsMissing',
    signal: 'groupsMissing',
    when: { above: 0 },
    for: '3m',
    severity: 'critical',
    summary: { en: '{value} groups of {item} do not serve', zh: '{item} 有 {value} 个虚拟节点组不可用' },
    runbook: 'tdengine/nodes',
    rationale: 'Tables of these groups can be neither written nor read. An election takes seconds.',
    clauses: state,
  },
  licenceEnding: {
    name: 'TdengineLicenceEnding',
    signal: 'licenceDaysLeft',
    when: { below: 45 },
    for: '1h',
    severity: 'warning',
    summary: { en: 'The licence of {item} ends in {value} days', zh: '{item} 的许可证将在 {value} 天后到期' },
    runbook: 'tdengine/licence',
    rationale: 'Procurement and the supplier need weeks.',
    clauses: state,
  },
  licenceAboutToEnd: {
    name: 'TdengineLicenceAboutToEnd',
    signal: 'licenceDaysLeft',
    when: { below: 7 },
    for: '5m',
    severity: 'critical',
    supersedes: 'licenceEnding',
    summary: { en: 'The licence of {item} ends in {value} days', zh: '{item} 的许可证仅剩 {value} 天' },
    runbook: 'tdengine/licence',
    rationale: 'After its end the cluster takes no writes.',
    clauses: state,
  },
  seriesHigh: {
    name: 'TdengineMeasuringPointsHigh',
    signal: 'seriesUsed',
    when: { above: 0.9 },
    for: '1h',
    severity: 'warning',
    summary: {
      en: '{value} of the measuring points of the licence of {item} are used',
      zh: '{item} 已用许可测点 {value}',
    },
    runbook: 'tdengine/licence',
    rationale: 'New devices are refused at the limit.',
    clauses: performance,
  },
});
