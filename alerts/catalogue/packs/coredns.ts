import { defineAlertPack } from 'opsctl';
import { coredns } from 'opsctl/cmdb';

const state = ['S0:7.1.1.2.c.2', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.2.c'];

/** Alerts of CoreDNS servers. */
export const corednsAlerts = defineAlertPack(coredns, {
  down: {
    name: 'CorednsDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'CoreDNS {item} at {site} does not answer', zh: '{site} 的 CoreDNS {item} 无应答' },
    runbook: 'coredns/down',
    rationale:
      'Four missed scrapes. Where there are two, clients wait seconds for each name that they ask the dead one for.',
    clauses: state,
  },
  failing: {
    name: 'CorednsFailing',
    signal: 'failures',
    when: { above: 0.05 },
    for: '10m',
    severity: 'critical',
    summary: { en: '{item} cannot answer {value} of its queries', zh: 'CoreDNS {item} 查询失败率 {value}' },
    runbook: 'coredns/failing',
    rationale: 'SERVFAIL is never what a client asked wrongly; one in twenty is felt as pages that hang.',
    samples: {
      bad: {
        'coredns_dns_responses_total{server="dns://:53",zone=".",view="",rcode="SERVFAIL",plugin="forward"}': '5.2/s',
        'coredns_dns_responses_total{server="dns://:53",zone=".",view="",rcode="NOERROR",plugin="forward"}': '94.8/s',
      },
      good: {
        'coredns_dns_responses_total{server="dns://:53",zone=".",view="",rcode="SERVFAIL",plugin="forward"}': '4.8/s',
        'coredns_dns_responses_total{server="dns://:53",zone=".",view="",rcode="NOERROR",plugin="forward"}': '95.2/s',
      },
    },
    clauses: state,
  },
  slow: {
    name: 'CorednsSlow',
    signal: 'duration',
    when: { above: 1 },
    for: '10m',
    severity: 'warning',
    summary: { en: '{item} takes {value} to answer (p99)', zh: 'CoreDNS {item} 应答时间(p99)为 {value}' },
    runbook: 'coredns/failing',
    rationale:
      'Clients ask again after five seconds, some after one; names of its own take milliseconds, so it is the upstream.',
    clauses: performance,
  },
  upstreamsBroken: {
    name: 'CorednsUpstreamsBroken',
    signal: 'upstreamsBroken',
    when: { above: 0 },
    for: '5m',
    severity: 'warning',
    summary: { en: '{item} finds none of its upstreams healthy', zh: 'CoreDNS {item} 的上游 DNS 全部不可用' },
    runbook: 'coredns/failing',
    rationale: 'Names outside are no longer answered; five minutes leave out a change of route.',
    clauses: state,
  },
  crashing: {
    name: 'CorednsCrashing',
    signal: 'panics',
    when: { above: 0 },
    for: '0s',
    severity: 'warning',
    summary: { en: '{item} crashed inside {value} times in an hour', zh: 'CoreDNS {item} 一小时内内部崩溃 {value} 次' },
    runbook: 'coredns/failing',
    rationale: 'A fault of the program or of a plugin; the query is lost, and it is over when it is seen.',
    clauses: state,
  },
});
