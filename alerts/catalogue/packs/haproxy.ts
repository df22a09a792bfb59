import { defineAlertPack } from 'opsctl';
import { haproxy } from 'opsctl/cmdb';

const state = ['S0:7.1.1.4/1', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4/1'];

/** Alerts of HAProxy. */
export const haproxyAlerts = defineAlertPack(haproxy, {
  down: {
    name: 'HaproxyDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'HAProxy {item} at {site} does not answer', zh: '{site} 的 HAProxy {item} 无应答' },
    runbook: 'haproxy/down',
    rationale: 'Four missed scrapes; the metrics come from the process itself.',
    clauses: state,
  },
  backendDown: {
    name: 'HaproxyBackendDown',
    signal: 'backendUp',
    when: { equals: 0 },
    for: '1m',
    severity: 'critical',
    supersedes: 'serverDown',
    summary: { en: 'Backend {proxy} of {item} has no server left', zh: '{item} 的后端 {proxy} 已无可用服务器' },
    runbook: 'haproxy/backend-down',
    rationale: 'Everybody gets a 503 at once; its checks have already waited.',
    clauses: state,
  },
  serverDown: {
    name: 'HaproxyServerDown',
    signal: 'serverFailed',
    when: { above: 0 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: 'Server {server} of {proxy} fails its checks at {item}',
      zh: '{item} 的 {proxy} 中服务器 {server} 健康检查失败',
    },
    runbook: 'haproxy/backend-down',
    rationale: 'The others carry it. A release restarts a server in less; take it out (`MAINT`) for longer work.',
    clauses: state,
  },
  sessionsHigh: {
    name: 'HaproxySessionsHigh',
    signal: 'sessionsUsed',
    when: { above: 0.8 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: '{value} of the sessions of {proxy} at {item} are used',
      zh: '{item} 的前端 {proxy} 会话已用 {value}',
    },
    runbook: 'haproxy/connections',
    rationale: 'Above `maxconn` new clients wait in the backlog of the kernel, unseen.',
    clauses: performance,
  },
  connectionsHigh: {
    name: 'HaproxyConnectionsHigh',
    signal: 'connectionsUsed',
    when: { above: 0.8 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} of the connections of {item} are used', zh: '{item} 的进程连接已用 {value}' },
    runbook: 'haproxy/connections',
    rationale: 'The limit of the whole process: at the end no frontend accepts any more, the metrics included.',
    clauses: performance,
  },
  queueing: {
    name: 'HaproxyQueueing',
    signal: 'queued',
    when: { above: 5 },
    for: '5m',
    severity: 'warning',
    summary: {
      en: '{value} requests wait for a server of {proxy} at {item}',
      zh: '{item} 的后端 {proxy} 有 {value} 个请求排队',
    },
    runbook: 'haproxy/queueing',
    rationale: 'A queue says that all servers are at their `maxconn`; bursts are gone within five minutes.',
    clauses: performance,
  },
  errorsHigh: {
    name: 'HaproxyErrorsHigh',
    signal: 'errors',
    when: { above: 0.05 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: '{value} of the answers of {proxy} at {item} are errors',
      zh: '{item} 的后端 {proxy} 有 {value} 的应答为 5xx',
    },
    runbook: 'haproxy/errors',
    samples: {
      bad: {
        'haproxy_backend_http_responses_total{proxy="app",code="5xx"}': '1/s',
        'haproxy_backend_http_responses_total{proxy="app",code="2xx"}': '9/s',
      },
      good: {
        'haproxy_backend_http_responses_total{proxy="app",code="5xx"}': '0.1/s',
        'haproxy_backend_http_responses_total{proxy="app",code="2xx"}': '9/s',
      },
    },
    rationale: 'One answer in twenty: people notice. Backends with less than a request a second are left out.',
    clauses: [...performance, 'S0:7.1.1.4.a'],
  },
});
