import { defineClass } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';

const { attributes, sources } = measuredBeside({ program: 'kafka_exporter', since: '1.7', port: 9308 });

/**
 * A Kafka cluster, measured by one kafka_exporter. Not checked against a real one, which cannot be had here: names and
 * labels were read in the source of kafka_exporter 1.9. What a broker says of itself is a class of its own.
 */
export const kafka = defineClass({
  id: 'kafka',
  title: { en: 'Kafka cluster', zh: 'Kafka 集群' },
  attributes,
  sources,
  signals: {
    up: {
      title: { en: 'Brokers tell offsets', zh: '可读取位点' },
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      // While no broker answers, the exporter goes on with the brokers it remembers; offsets it cannot make up.
      expression: (series) =>
        `(count without (topic, partition) (${series('kafka_topic_partition_current_offset')}) > bool 0) or 0 * (${series('up')} == 1)`,
      metrics: ['kafka_topic_partition_current_offset', 'up'],
    },
    exporterUp: exporterAnswers('exporter'),
    brokersLost: {
      title: { en: 'Brokers lost since yesterday', zh: '一天内失去的 Broker 数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => `max_over_time(${series('kafka_brokers')}[1d]) - ${series('kafka_brokers')}`,
      metrics: ['kafka_brokers'],
    },
    partitionsOffline: {
      title: { en: 'Partitions without a leader', zh: '无主分区数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      // A partition without a leader has no series of its leader.
      expression: (series) =>
        `sum without (topic) (${series('kafka_topic_partitions')}) - count without (topic, partition) (${series('kafka_topic_partition_leader')})`,
      metrics: ['kafka_topic_partitions', 'kafka_topic_partition_leader'],
    },
    partitionsUnderReplicated: {
      title: { en: 'Partitions short of replicas', zh: '副本不足的分区数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `sum without (topic, partition) (${series('kafka_topic_partition_under_replicated_partition')})`,
      metrics: ['kafka_topic_partition_under_replicated_partition'],
    },
    lag: {
      title: { en: 'Messages that a group has not read', zh: '消费组积压消息数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) => series('kafka_consumergroup_lag_sum'),
      // Present only where groups consume; so is the next.
      metrics: [],
      partLabels: ['consumergroup', 'topic'],
    },
    lagStuck: {
      title: { en: 'Messages of a group that does not move', zh: '停滞消费组的积压消息数' },
      unit: 'count',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `${series('kafka_consumergroup_lag_sum')} and delta(${series('kafka_consumergroup_current_offset_sum')}[15m]) == 0`,
      metrics: [],
      partLabels: ['consumergroup', 'topic'],
    },
    messages: {
      title: { en: 'Messages written', zh: '消息写入速率' },
      unit: 'per-second',
      direction: 'high-is-bad',
      from: 'exporter',
      expression: (series) =>
        `sum without (topic, partition) (rate(${series('kafka_topic_partition_current_offset')}[5m]))`,
      metrics: ['kafka_topic_partition_current_offset'],
    },
  },
});
