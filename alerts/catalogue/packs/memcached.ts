import { defineAlertPack } from 'opsctl';
import { memcached } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.4/2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4/2'];

/** Alerts of Memcached servers. */
export const memcachedAlerts = defineAlertPack(memcached, {
  down: {
    name: 'MemcachedDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'Memcached {item} at {site} does not answer', zh: '{site} 的 Memcached {item} 无应答' },
    runbook: 'memcached/down',
    rationale: 'Four failed scrapes in a row: what it held is gone, and all reads go to the database.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'MemcachedNotWatched', runbook: 'memcached/not-watched', clauses: state }),
  connectionsHigh: {
    name: 'MemcachedConnectionsHigh',
    signal: 'connectionsUsed',
    when: { above: 0.85 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{value} of the connections of {item} are used', zh: '{item} 的连接已用 {value}' },
    runbook: 'memcached/overloaded',
    rationale: 'Pools that are sized right stay under it.',
    clauses: performance,
  },
  connectionsExhausted: {
    name: 'MemcachedConnectionsExhausted',
    signal: 'connectionsHeld',
    when: { above: 0 },
    for: '0s',
    severity: 'critical',
    supersedes: 'connectionsHigh',
    summary: { en: '{item} had no connection left {value} times', zh: '{item} 连接耗尽 {value} 次' },
    runbook: 'memcached/overloaded',
    rationale: 'Clients waited or failed; it counts each time, so no waiting here.',
    clauses: state,
  },
  missing: {
    name: 'MemcachedMissing',
    signal: 'hits',
    when: { below: 0.5 },
    for: '30m',
    severity: 'warning',
    summary: { en: 'Only {value} of the keys asked of {item} are there', zh: '{item} 的命中率仅 {value}' },
    runbook: 'memcached/overloaded',
    rationale: 'A cache that misses every other time costs more than it saves; after a restart it warms up in minutes.',
    clauses: performance,
  },
});
