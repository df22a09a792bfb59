import { defineAlertPack } from 'opsctl';
import { kingbase } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.3/2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.3/1'];
const gigabyte = 1024 ** 3;

/** Alerts of KingbaseES servers. */
export const kingbaseAlerts = defineAlertPack(kingbase, {
  down: {
    name: 'KingbaseDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'KingbaseES {item} at {site} answers no queries', zh: '{site} 的人大金仓 {item} 无法执行查询' },
    runbook: 'kingbase/down',
    rationale: 'Four failed scrapes in a row: a restart of the server is shorter, recovery after a crash is not.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'KingbaseNotWatched', runbook: 'kingbase/not-watched', clauses: state }),
  licenceEnding: {
    name: 'KingbaseLicenceEnding',
    signal: 'licenceDaysLeft',
    when: { below: 45 },
    for: '1h',
    severity: 'warning',
    summary: { en: 'The licence of {item} ends in {value} days', zh: '{item} 的许可证将在 {value} 天后到期' },
    runbook: 'kingbase/licence',
    rationale: 'Procurement and the supplier need weeks, and the board a date to install it.',
    clauses: state,
  },
  licenceAboutToEnd: {
    name: 'KingbaseLicenceAboutToEnd',
    signal: 'licenceDaysLeft',
    when: { below: 7 },
    for: '5m',
    severity: 'critical',
    supersedes: 'licenceEnding',
    summary: { en: 'The licence of {item} ends in {value} days', zh: '{item} 的许可证仅剩 {value} 天' },
    runbook: 'kingbase/licence',
    rationale: 'Once it has ended the server does not start again: the next restart is an outage.',
    clauses: state,
  },
  connectionsHigh: {
    name: 'KingbaseConnectionsHigh',
    signal: 'connectionsUsed',
    when: { above: 0.8 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} of the connections of {item} are used', zh: '{item} 的连接已用 {value}' },
    runbook: 'kingbase/connections',
    rationale: 'Time to find who leaks before applications are refused.',
    clauses: performance,
  },
  connectionsExhausted: {
    name: 'KingbaseConnectionsExhausted',
    signal: 'connectionsUsed',
    when: { above: 0.95 },
    for: '2m',
    severity: 'critical',
    supersedes: 'connectionsHigh',
    summary: { en: '{item} has nearly no connections left: {value} used', zh: '{item} 的连接即将耗尽:已用 {value}' },
    runbook: 'kingbase/connections',
    rationale: 'New connections are about to be refused; a burst of two minutes can still pass.',
    clauses: performance,
  },
  standbyBehind: {
    name: 'KingbaseStandbyBehind',
    signal: 'standbyBacklog',
    when: { above: gigabyte },
    for: '10m',
    severity: 'warning',
    summary: { en: 'A standby of {item} is {value} behind', zh: '{item} 的备库落后 {value}' },
    runbook: 'kingbase/replication',
    rationale: 'A gigabyte is 64 segments: minutes of a busy server, lost in a failover or waited for.',
    clauses: performance,
  },
});
