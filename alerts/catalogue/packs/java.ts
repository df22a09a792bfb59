import { defineAlertPack } from 'opsctl';
import { jvm, tomcat } from 'opsctl/cmdb';
import { javaAlerts } from './java-alerts.ts';

const state = ['S0:7.1.1.4', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4'];
const web = ['S0:7.1.1.4/1', 'S1:7.4.1.1.a'];

/** Alerts of Java applications. */
export const jvmAlerts = defineAlertPack(jvm, {
  down: {
    name: 'JvmDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'Java application {item} at {site} does not answer', zh: '{site} 的 Java 应用 {item} 无应答' },
    runbook: 'jvm/down',
    rationale: 'Four failed scrapes in a row: a release, one instance at a time, is shorter.',
    clauses: state,
  },
  ...javaAlerts('Jvm', 'jvm'),
  errors: {
    name: 'JvmErrors',
    signal: 'errors',
    when: { above: 0.05 },
    for: '5m',
    severity: 'critical',
    summary: { en: '{value} of the requests of {item} fail', zh: '{item} 的请求有 {value} 失败' },
    runbook: 'jvm/errors',
    rationale: 'One in twenty is felt by everybody. Errors of callers are not counted.',
    samples: {
      bad: {
        'http_server_requests_seconds_count{outcome="SERVER_ERROR",uri="/a"}': '2/s',
        'http_server_requests_seconds_count{outcome="SUCCESS",uri="/a"}': '8/s',
      },
      good: {
        'http_server_requests_seconds_count{outcome="SERVER_ERROR",uri="/a"}': '0.1/s',
        'http_server_requests_seconds_count{outcome="SUCCESS",uri="/a"}': '9.9/s',
      },
    },
    clauses: state,
  },
  slow: {
    name: 'JvmSlow',
    signal: 'requestTime',
    when: { above: 2 },
    for: '10m',
    severity: 'warning',
    summary: { en: 'Requests of {item} take {value} on average', zh: '{item} 的请求平均耗时 {value}' },
    runbook: 'jvm/errors',
    rationale: 'Two seconds on average are many times that for some. Tune it for services of reports.',
    clauses: performance,
  },
  poolExhausted: {
    name: 'JvmPoolExhausted',
    signal: 'poolWaiting',
    when: { above: 0 },
    for: '3m',
    severity: 'critical',
    summary: {
      en: '{value} threads of {item} wait for a connection of pool {pool}',
      zh: '{item} 有 {value} 个线程在等待连接池 {pool}',
    },
    runbook: 'jvm/pool',
    rationale: 'At the lowest point of two minutes still somebody waits: after thirty seconds each gets an error.',
    clauses: performance,
  },
});

/** Alerts of Tomcat and TongWeb. */
export const tomcatAlerts = defineAlertPack(tomcat, {
  down: {
    name: 'TomcatDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: '{item} at {site} does not answer', zh: '{site} 的 {item} 无应答' },
    runbook: 'tomcat/down',
    rationale: 'Four failed scrapes in a row: the agent lives in the server, and dies with it.',
    clauses: web,
  },
  ...javaAlerts('Tomcat', 'tomcat'),
  threadsHigh: {
    name: 'TomcatThreadsHigh',
    signal: 'threadsUsed',
    when: { above: 0.85 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: 'Connector {connector} of {item} uses {value} of its threads',
      zh: '{item} 的连接器 {connector} 线程已用 {value}',
    },
    runbook: 'tomcat/busy',
    rationale: 'Time to find what they wait for before requests queue.',
    clauses: performance,
  },
  threadsExhausted: {
    name: 'TomcatThreadsExhausted',
    signal: 'threadsUsed',
    when: { above: 0.98 },
    for: '2m',
    severity: 'critical',
    supersedes: 'threadsHigh',
    summary: {
      en: 'Connector {connector} of {item} has no threads left',
      zh: '{item} 的连接器 {connector} 线程耗尽',
    },
    runbook: 'tomcat/busy',
    rationale: 'Requests queue and time out at whoever is in front; a burst of two minutes can pass.',
    clauses: web,
  },
  connectionsHigh: {
    name: 'TomcatConnectionsHigh',
    signal: 'connectionsUsed',
    when: { above: 0.9 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: 'Connector {connector} of {item} uses {value} of its connections',
      zh: '{item} 的连接器 {connector} 连接已用 {value}',
    },
    runbook: 'tomcat/busy',
    rationale: 'At the limit the system queues a hundred more, and refuses the rest.',
    clauses: performance,
  },
  errors: {
    name: 'TomcatErrors',
    signal: 'errors',
    when: { above: 0.2 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: '{value} of the requests of {item} fail at {connector}',
      zh: '{item} 的连接器 {connector} 请求有 {value} 失败',
    },
    runbook: 'tomcat/busy',
    rationale:
      'Wrong addresses are among them, so a high share; one in five is a release that went wrong, or an attack.',
    clauses: web,
  },
  poolHigh: {
    name: 'TomcatDataSourceHigh',
    signal: 'poolUsed',
    when: { above: 0.9 },
    for: '5m',
    severity: 'warning',
    summary: { en: 'Data source {pool} of {item} is {value} used', zh: '{item} 的数据源 {pool} 已用 {value}' },
    runbook: 'tomcat/data-source',
    rationale: 'At the limit requests wait for a connection, and then fail.',
    clauses: performance,
  },
});
