import { defineClass } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';

const { attributes, sources } = measuredBeside({ program: 'nginx-prometheus-exporter', since: '0.11', port: 9113 });

/**
 * An nginx, measured through its `stub_status` page by nginx-prometheus-exporter. Metric names were read off a real 0.11
 * (Debian 12). The page knows connections and no status codes: whether pages are right is an `http-endpoint` of its own.
 */
export const nginx = defineClass({
  id: 'nginx',
  title: { en: 'nginx', zh: 'Nginx' },
  attributes,
  sources,
  signals: {
    up: {
      title: { en: 'Answers', zh: '应答' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('nginx_up'),
      metrics: ['nginx_up'],
    },
    exporterUp: exporterAnswers('exporter'),
    connectionsDropped: {
      title: { en: 'Connections dropped (5 min)', zh: '丢弃的连接数(5 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `increase(${series('nginx_connections_accepted')}[5m]) - increase(${series('nginx_connections_handled')}[5m])`,
      metrics: ['nginx_connections_accepted', 'nginx_connections_handled'],
    },
    connectionsActive: {
      title: { en: 'Connections open', zh: '活动连接数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => series('nginx_connections_active'),
      metrics: ['nginx_connections_active'],
    },
    connectionsWriting: {
      title: { en: 'Requests in work', zh: '处理中的请求数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      // Read or answered now; those that wait for an upstream are among them. The exporter's own request is not.
      expression: (series) => `${series('nginx_connections_reading')} + ${series('nginx_connections_writing')} - 1`,
      metrics: ['nginx_connections_reading', 'nginx_connections_writing'],
    },
    requests: {
      title: { en: 'Requests', zh: '请求速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `rate(${series('nginx_http_requests_total')}[5m])`,
      metrics: ['nginx_http_requests_total'],
    },
  },
});
