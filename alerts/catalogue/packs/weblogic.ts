import { defineAlertPack } from 'opsctl';
import { weblogic } from 'opsctl/cmdb';
import { javaAlerts } from './java-alerts.ts';

const web = ['S0:7.1.1.4/1', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4'];

/** Alerts of WebLogic servers. */
export const weblogicAlerts = defineAlertPack(weblogic, {
  down: {
    name: 'WeblogicDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'WebLogic {item} at {site} does not answer', zh: '{site} 的 WebLogic {item} 无应答' },
    runbook: 'weblogic/down',
    rationale: 'Four failed scrapes in a row: the agent lives in the server, and dies with it.',
    clauses: web,
  },
  ...javaAlerts('Weblogic', 'weblogic'),
  stuck: {
    name: 'WeblogicThreadsStuck',
    signal: 'stuck',
    when: { above: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{value} threads of {item} are stuck', zh: '{item} 有 {value} 个线程阻塞(stuck)' },
    runbook: 'weblogic/stuck',
    rationale:
      'A request that runs for ten minutes (StuckThreadMaxTime) counts as stuck; it takes a thread that does not come back.',
    clauses: web,
  },
  stuckMany: {
    name: 'WeblogicManyThreadsStuck',
    signal: 'stuck',
    when: { above: 10 },
    for: '2m',
    severity: 'critical',
    supersedes: 'stuck',
    summary: { en: '{value} threads of {item} are stuck', zh: '{item} 有 {value} 个线程阻塞(stuck)' },
    runbook: 'weblogic/stuck',
    rationale: 'The server is soon overloaded, and restarts itself where that is configured.',
    clauses: web,
  },
  waiting: {
    name: 'WeblogicRequestsWaiting',
    signal: 'waiting',
    when: { above: 20 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{value} requests wait for a thread of {item}', zh: '{item} 有 {value} 个请求等待线程' },
    runbook: 'weblogic/stuck',
    rationale: 'The pool grows by itself, so for minutes nothing waits unless threads are held.',
    clauses: performance,
  },
  poolWaits: {
    name: 'WeblogicDataSourceExhausted',
    signal: 'poolServes',
    when: { equals: 0 },
    for: '3m',
    severity: 'critical',
    summary: {
      en: 'Somebody waits for a connection of data source {pool} of {item}',
      zh: '{item} 的数据源 {pool} 连接耗尽,有请求等待',
    },
    runbook: 'weblogic/data-source',
    rationale: 'The pool is at its limit, and requests wait up to ten seconds each before they fail.',
    clauses: web,
  },
});
