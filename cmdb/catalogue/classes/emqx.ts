import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { guarded, guardedAttributes } from './guarded-metrics.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const { attributes, sources } = servesMetrics({
  program: 'emqx',
  since: '5.0',
  port: 18_083,
  path: '/api/v5/prometheus/stats',
});

const read = readingsBy({
  emqx_live_connections_count: gauge(),
  emqx_connections_count: gauge(),
  emqx_messages_received: counter(),
  emqx_messages_sent: counter(),
  emqx_messages_dropped: counter(),
  emqx_messages_dropped_no_subscribers: counter(),
  emqx_delivery_dropped_queue_full: counter(),
  emqx_authentication_failure: counter(),
  emqx_cluster_nodes_running: gauge(),
  emqx_cluster_nodes_stopped: gauge(),
  emqx_vm_used_memory: gauge(),
  emqx_vm_total_memory: gauge(),
  emqx_vm_run_queue: gauge(),
  emqx_cert_expiry_at: gauge(['listener_type', 'listener_name']),
});

/**
 * One EMQX node, by its own metrics; with `prometheus.enable_basic_auth`, `metricsUser` and `metricsPassword` are an API
 * key and its secret. Not checked against a real one, which cannot be had here: names were read in EMQX' source of 2026.
 */
export const emqx = defineClass({
  id: 'emqx',
  title: { en: 'EMQX node', zh: 'EMQX 物联网消息节点' },
  attributes: { ...attributes, ...guardedAttributes, version: optional(text('Such as `5.8`.')) },
  sources: { builtin: { ...sources.builtin, ...guarded } },
  signals: {
    up: answersItself('builtin'),
    nodesStopped: {
      ...highIsBad('count', 'Nodes of the cluster that are down', '集群中停止的节点数'),
      from: 'builtin',
      ...read((series) => series('emqx_cluster_nodes_stopped')),
    },
    nodesRunning: {
      ...lowIsBad('count', 'Nodes of the cluster that run', '集群中运行的节点数'),
      from: 'builtin',
      ...read((series) => series('emqx_cluster_nodes_running')),
    },
    devices: {
      ...highIsBad('count', 'Devices connected', '在线设备连接数'),
      from: 'builtin',
      ...read((series) => series('emqx_live_connections_count')),
    },
    devicesGone: {
      ...highIsBad('ratio', 'Devices fewer than within the last half hour', '半小时内减少的设备比例'),
      from: 'builtin',
      // Of fewer than fifty the ratio says nothing.
      ...read((series) => {
        const now = series('emqx_live_connections_count');
        return `1 - ${now} / (max_over_time(${now}[30m]) > 50)`;
      }),
    },
    sessions: {
      ...highIsBad('count', 'Connections, those kept for absent devices too', '连接数(含离线保持)'),
      from: 'builtin',
      ...read((series) => series('emqx_connections_count')),
    },
    received: {
      ...highIsBad('per-second', 'Messages received', '消息接收速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('emqx_messages_received')}[5m])`),
    },
    sent: {
      ...highIsBad('per-second', 'Messages sent', '消息发送速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('emqx_messages_sent')}[5m])`),
    },
    unheard: {
      ...highIsBad('per-second', 'Messages that nobody subscribes to', '无订阅者的消息速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('emqx_messages_dropped_no_subscribers')}[5m])`),
    },
    dropped: {
      ...highIsBad('per-second', 'Messages dropped, but those that nobody wants', '丢弃的消息速率(不含无订阅者)'),
      from: 'builtin',
      ...read(
        (series) =>
          `rate(${series('emqx_messages_dropped')}[10m]) - rate(${series('emqx_messages_dropped_no_subscribers')}[10m])`,
      ),
    },
    overflowed: {
      ...highIsBad(
        'count',
        'Messages for subscribers whose queue is full (15 min)',
        '因订阅者队列满丢弃的消息(15 分钟)',
      ),
      from: 'builtin',
      ...read((series) => `increase(${series('emqx_delivery_dropped_queue_full')}[15m])`),
    },
    loginsFailed: {
      ...highIsBad('per-second', 'Logins that fail', '认证失败速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('emqx_authentication_failure')}[10m])`),
    },
    memoryUsed: {
      ...highIsBad('ratio', 'Memory of the machine used', '内存使用率'),
      from: 'builtin',
      ...read((series) => `${series('emqx_vm_used_memory')} / ${series('emqx_vm_total_memory')}`),
    },
    runQueue: {
      ...highIsBad('count', 'Tasks that wait for a processor', '等待调度的任务数'),
      from: 'builtin',
      ...read((series) => `avg_over_time(${series('emqx_vm_run_queue')}[5m])`),
    },
    certificateDaysLeft: {
      ...lowIsBad('days', 'Days until the certificate ends', '证书剩余天数'),
      from: 'builtin',
      // Present only with listeners that encrypt, from 5.7 on.
      ...read(
        (series) => `min without (listener_type, listener_name) (${series('emqx_cert_expiry_at')} - time()) / 86400`,
      ),
    },
  },
});
