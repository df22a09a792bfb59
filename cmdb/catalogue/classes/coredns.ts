import { defineClass, networkName, optional, port } from 'opsctl';
import { answersItself } from './exporter-answers.ts';

/** What one answer differs by. A version before 1.9 has no `view`, one before 1.11 no `plugin`. */
const perAnswer = 'zone, view, rcode, plugin';

/**
 * One CoreDNS server, in a cluster or on its own, by its `prometheus` plugin. The names were read in its source (1.7 and
 * later, which renamed most of them); it is not in Debian.
 */
export const coredns = defineClass({
  id: 'coredns',
  title: { en: 'CoreDNS server', zh: 'CoreDNS 服务器' },
  attributes: {
    address: networkName('DNS name or IP address of the server.'),
    metricsPort: optional(port('Port of the `prometheus` plugin.'), 9153),
  },
  sources: {
    builtin: {
      kind: 'exporter',
      exporter: 'coredns >=1.7',
      interval: '30s',
      endpoint: ({ address, metricsPort = 9153 }) => `${address}:${metricsPort}`,
    },
  },
  signals: {
    up: answersItself('builtin'),
    requests: {
      title: { en: 'Queries', zh: '查询速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `sum without (zone, view, proto, family, type) (rate(${series('coredns_dns_requests_total')}[5m]))`,
      // Present from the first query on.
      metrics: [],
      partLabels: ['server'],
    },
    failures: {
      title: { en: 'Queries that fail (SERVFAIL)', zh: '查询失败率(SERVFAIL)' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'builtin',
      // With less than a query a second, one of a broken name is no rate.
      expression: (series) =>
        `sum without (${perAnswer}) (rate(${series('coredns_dns_responses_total', 'rcode="SERVFAIL"')}[5m])) / (sum without (${perAnswer}) (rate(${series('coredns_dns_responses_total')}[5m])) > 1)`,
      // Present from the first query on.
      metrics: [],
      partLabels: ['server'],
    },
    duration: {
      title: { en: 'Time to answer (p99)', zh: '应答时间(p99)' },
      unit: 'seconds',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `histogram_quantile(0.99, sum without (zone, view, type) (rate(${series('coredns_dns_request_duration_seconds_bucket')}[5m])))`,
      metrics: [],
      partLabels: ['server'],
    },
    upstreamsBroken: {
      title: { en: 'Times that no upstream was healthy (10 min)', zh: '上游全部不可用次数(10 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      // The forward plugin counts it; from 1.11.2 on it does so under the same name.
      expression: (series) => `increase(${series('coredns_forward_healthcheck_broken_total')}[10m])`,
      // Present only with the forward plugin.
      metrics: [],
    },
    panics: {
      title: { en: 'Crashes inside (1 h)', zh: '内部崩溃次数(1 小时)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `increase(${series('coredns_panics_total')}[1h])`,
      metrics: [{ name: 'coredns_panics_total', type: 'counter' }],
    },
  },
});
