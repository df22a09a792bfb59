import { defineClass, networkName, optional, port } from 'opsctl';
import { answersItself } from './exporter-answers.ts';

/** An HAProxy, by its built-in `prometheus-exporter` service. Metric names were read off a real 2.6 (Debian 12). */
export const haproxy = defineClass({
  id: 'haproxy',
  title: { en: 'HAProxy', zh: 'HAProxy 负载均衡' },
  attributes: {
    address: networkName('DNS name or IP address of the machine.'),
    metricsPort: optional(port('Port of the frontend that serves `/metrics`.'), 8404),
  },
  sources: {
    builtin: {
      kind: 'exporter',
      exporter: 'haproxy >=2.4',
      interval: '30s',
      endpoint: ({ address, metricsPort = 8404 }) => `${address}:${metricsPort}`,
    },
  },
  signals: {
    up: answersItself('builtin'),
    backendUp: {
      title: { en: 'Backend has servers', zh: '后端可用' },
      unit: 'boolean',
      direction: 'state',
      from: 'builtin',
      expression: (series) => `max without (state) (${series('haproxy_backend_status', 'state="UP"')})`,
      metrics: ['haproxy_backend_status'],
      partLabels: ['proxy'],
    },
    serverFailed: {
      title: { en: 'Server fails its checks', zh: '服务器健康检查失败' },
      unit: 'count',
      direction: 'state',
      from: 'builtin',
      // A server that somebody took out is in MAINT or DRAIN, and no trouble.
      expression: (series) => `max without (state) (${series('haproxy_server_status', 'state="DOWN"')})`,
      metrics: ['haproxy_server_status'],
      partLabels: ['proxy', 'server'],
    },
    sessionsUsed: {
      title: { en: 'Sessions of a frontend used', zh: '前端会话使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `${series('haproxy_frontend_current_sessions')} / (${series('haproxy_frontend_limit_sessions')} > 0)`,
      metrics: ['haproxy_frontend_current_sessions', 'haproxy_frontend_limit_sessions'],
      partLabels: ['proxy'],
    },
    connectionsUsed: {
      title: { en: 'Connections of the process used', zh: '进程连接使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) =>
        `${series('haproxy_process_current_connections')} / ${series('haproxy_process_max_connections')}`,
      metrics: ['haproxy_process_current_connections', 'haproxy_process_max_connections'],
    },
    queued: {
      title: { en: 'Requests that wait for a server', zh: '后端排队请求数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `avg_over_time(${series('haproxy_backend_current_queue')}[5m])`,
      metrics: ['haproxy_backend_current_queue'],
      partLabels: ['proxy'],
    },
    errors: {
      title: { en: 'Answers that are errors (5xx)', zh: '5xx 应答比例' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'builtin',
      // Under one request a second, a single error would be a rate.
      expression: (series) =>
        `sum without (code) (rate(${series('haproxy_backend_http_responses_total', 'code="5xx"')}[5m])) / (sum without (code) (rate(${series('haproxy_backend_http_responses_total')}[5m])) > 1)`,
      metrics: ['haproxy_backend_http_responses_total'],
      partLabels: ['proxy'],
    },
    requests: {
      title: { en: 'Requests', zh: '请求速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'builtin',
      expression: (series) => `rate(${series('haproxy_backend_http_requests_total')}[5m])`,
      metrics: ['haproxy_backend_http_requests_total'],
      partLabels: ['proxy'],
    },
  },
});
