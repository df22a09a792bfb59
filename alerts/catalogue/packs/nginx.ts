import { defineAlertPack } from 'opsctl';
import { nginx } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.4/1', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4/1'];

/** Alerts of nginx. */
export const nginxAlerts = defineAlertPack(nginx, {
  down: {
    name: 'NginxDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'nginx {item} at {site} does not answer', zh: '{site} 的 Nginx {item} 无应答' },
    runbook: 'nginx/down',
    rationale: 'Four failed scrapes in a row; a reload loses no request, a restart takes a second.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'NginxNotWatched', runbook: 'nginx/not-watched', clauses: state }),
  connectionsDropped: {
    name: 'NginxConnectionsDropped',
    signal: 'connectionsDropped',
    when: { above: 0 },
    for: '5m',
    severity: 'critical',
    summary: { en: '{item} dropped {value} connections in 5 minutes', zh: '{item} 5 分钟内丢弃了 {value} 个连接' },
    runbook: 'nginx/connections',
    rationale: 'A healthy nginx drops none: it is out of `worker_connections` or of file descriptors.',
    clauses: performance,
  },
  requestsStuck: {
    name: 'NginxRequestsStuck',
    signal: 'connectionsWriting',
    when: { above: 500 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} requests are in work at {item}', zh: '{item} 有 {value} 个请求处理中' },
    runbook: 'nginx/connections',
    rationale: 'Requests end in milliseconds: that many at once wait for an upstream. Tune it for long downloads.',
    clauses: performance,
  },
});
