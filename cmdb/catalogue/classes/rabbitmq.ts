import { defineClass, networkName, optional, port } from 'opsctl';
import { answersItself } from './exporter-answers.ts';

/**
 * One RabbitMQ node, by its `rabbitmq_prometheus` plugin. Metric names were read off a real 3.10 (Debian 12), whose page
 * adds all queues of the node together; which queue it is, the runbooks find out on the node.
 */
export const rabbitmq = defineClass({
  id: 'rabbitmq',
  title: { en: 'RabbitMQ node', zh: 'RabbitMQ 节点' },
  attributes: {
    address: networkName('DNS name or IP address of the node.'),
    metricsPort: optional(port('Port of the plugin.'), 15_692),
  },
  sources: {
    plugin: {
      kind: 'exporter',
      exporter: 'rabbitmq_prometheus >=3.10',
      interval: '30s',
      endpoint: ({ address, metricsPort = 15_692 }) => `${address}:${metricsPort}`,
    },
  },
  signals: {
    up: answersItself('plugin'),
    memoryBlocked: {
      title: { en: 'Publishers blocked for memory', zh: '因内存水位阻塞发布' },
      unit: 'count',
      direction: 'state',
      from: 'plugin',
      expression: (series) => series('rabbitmq_alarms_memory_used_watermark'),
      metrics: ['rabbitmq_alarms_memory_used_watermark'],
    },
    diskBlocked: {
      title: { en: 'Publishers blocked for disk space', zh: '因磁盘水位阻塞发布' },
      unit: 'count',
      direction: 'state',
      from: 'plugin',
      expression: (series) => series('rabbitmq_alarms_free_disk_space_watermark'),
      metrics: ['rabbitmq_alarms_free_disk_space_watermark'],
    },
    memoryUsed: {
      title: { en: 'Memory used of its limit', zh: '内存水位使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'plugin',
      expression: (series) =>
        `${series('rabbitmq_process_resident_memory_bytes')} / ${series('rabbitmq_resident_memory_limit_bytes')}`,
      metrics: ['rabbitmq_process_resident_memory_bytes', 'rabbitmq_resident_memory_limit_bytes'],
    },
    diskAboveLimit: {
      title: { en: 'Disk space above the limit', zh: '高于磁盘水位的剩余空间' },
      unit: 'bytes',
      direction: 'low-is-bad',
      from: 'plugin',
      expression: (series) =>
        `${series('rabbitmq_disk_space_available_bytes')} - ${series('rabbitmq_disk_space_available_limit_bytes')}`,
      metrics: ['rabbitmq_disk_space_available_bytes', 'rabbitmq_disk_space_available_limit_bytes'],
    },
    descriptorsUsed: {
      title: { en: 'File descriptors used', zh: '文件描述符使用率' },
      unit: 'ratio',
      direction: 'high-is-bad',
      from: 'plugin',
      expression: (series) => `${series('rabbitmq_process_open_fds')} / ${series('rabbitmq_process_max_fds')}`,
      metrics: ['rabbitmq_process_open_fds', 'rabbitmq_process_max_fds'],
    },
    messagesReady: {
      title: { en: 'Messages that wait for a consumer', zh: '待消费消息数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'plugin',
      expression: (series) => series('rabbitmq_queue_messages_ready'),
      metrics: ['rabbitmq_queue_messages_ready'],
    },
    messagesUnacknowledged: {
      title: { en: 'Messages delivered and not acknowledged', zh: '已投递未确认消息数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'plugin',
      expression: (series) => series('rabbitmq_queue_messages_unacked'),
      metrics: ['rabbitmq_queue_messages_unacked'],
    },
    messagesWithoutConsumer: {
      title: { en: 'Messages while nobody consumes', zh: '无消费者时的待消费消息数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'plugin',
      expression: (series) =>
        `${series('rabbitmq_queue_messages_ready')} and ${series('rabbitmq_queue_consumers')} == 0`,
      metrics: ['rabbitmq_queue_messages_ready', 'rabbitmq_queue_consumers'],
    },
    messagesUnroutable: {
      title: { en: 'Messages dropped as unroutable (15 min)', zh: '因无法路由丢弃的消息数(15 分钟)' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'plugin',
      expression: (series) =>
        `sum without (protocol) (increase(${series('rabbitmq_global_messages_unroutable_dropped_total')}[15m]))`,
      metrics: ['rabbitmq_global_messages_unroutable_dropped_total'],
    },
    connections: {
      title: { en: 'Connections', zh: '连接数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'plugin',
      expression: (series) => series('rabbitmq_connections'),
      metrics: ['rabbitmq_connections'],
    },
  },
});
