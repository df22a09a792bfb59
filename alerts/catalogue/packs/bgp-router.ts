import { defineAlertPack } from 'opsctl';
import { bgpRouter } from 'opsctl/cmdb';

const clauses = ['S0:7.1.1.2.b', 'S0:7.1.1.2.b/1'];

/** Alerts of BGP routers. */
export const bgpRouterAlerts = defineAlertPack(bgpRouter, {
  down: {
    name: 'BgpNotWatched',
    signal: 'up',
    when: { equals: 0 },
    for: '5m',
    severity: 'critical',
    summary: {
      en: 'The BGP sessions of {item} at {site} are not known: it does not answer',
      zh: '{site} 的 {item} BGP 会话状态未知:无应答',
    },
    runbook: 'bgp/not-watched',
    rationale: 'Five scrapes. The router may forward on; that a session fails would not be told.',
    clauses: clauses,
  },
  sessionDown: {
    name: 'BgpSessionDown',
    signal: 'established',
    when: { equals: 0 },
    for: '3m',
    severity: 'critical',
    summary: { en: 'The BGP session of {item} with {peer} is down', zh: '{item} 与 {peer} 的 BGP 会话中断' },
    runbook: 'bgp/session-down',
    rationale:
      'The hold time is three minutes in most networks, so this is a real loss; sessions that are switched off do not count.',
    clauses: clauses,
  },
  flapping: {
    name: 'BgpSessionFlapping',
    signal: 'flaps',
    when: { above: 2 },
    for: '0s',
    severity: 'warning',
    summary: {
      en: 'The BGP session of {item} with {peer} began anew {value} times within an hour',
      zh: '{item} 与 {peer} 的 BGP 会话一小时内重建 {value} 次',
    },
    runbook: 'bgp/session-down',
    rationale: 'Each time routes are withdrawn and learned again, and other routers dampen what changes often.',
    clauses: clauses,
  },
  prefixesLost: {
    name: 'BgpPrefixesLost',
    signal: 'prefixesLost',
    when: { above: 0.5 },
    for: '10m',
    severity: 'warning',
    summary: {
      en: '{peer} gives {item} {value} fewer prefixes than within the last hour',
      zh: '{peer} 发给 {item} 的前缀比一小时内减少 {value}',
    },
    runbook: 'bgp/prefixes',
    rationale: 'The session stands and half of the routes are gone: a filter, or an outage behind it.',
    clauses: clauses,
  },
});
