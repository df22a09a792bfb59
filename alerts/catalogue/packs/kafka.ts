import { defineAlertPack } from 'opsctl';
import { kafka } from 'opsctl/cmdb';
import { notWatched } from './not-watched.ts';

const state = ['S0:7.1.1.4/3', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4/3'];

/** Alerts of Kafka clusters. */
export const kafkaAlerts = defineAlertPack(kafka, {
  down: {
    name: 'KafkaDown',
    signal: 'up',
    when: { equals: 0 },
    for: '3m',
    severity: 'critical',
    meansDown: true,
    summary: { en: 'Kafka {item} at {site} tells no offsets', zh: '{site} 的 Kafka {item} 无法读取位点' },
    runbook: 'kafka/down',
    rationale: 'No broker answers. A rolling restart always leaves some.',
    clauses: state,
  },
  notWatched: notWatched({ name: 'KafkaNotWatched', runbook: 'kafka/not-watched', clauses: state }),
  brokersLost: {
    name: 'KafkaBrokersLost',
    signal: 'brokersLost',
    when: { above: 0 },
    for: '10m',
    severity: 'critical',
    summary: { en: '{item} lost {value} brokers', zh: '{item} 失去了 {value} 个 Broker' },
    runbook: 'kafka/brokers-lost',
    rationale: 'Against the most of the last day. One restart of a broker is shorter than ten minutes.',
    clauses: state,
  },
  partitionsOffline: {
    name: 'KafkaPartitionsOffline',
    signal: 'partitionsOffline',
    when: { above: 0 },
    for: '2m',
    severity: 'critical',
    summary: { en: '{value} partitions of {item} have no leader', zh: '{item} 有 {value} 个分区无主' },
    runbook: 'kafka/partitions',
    rationale: 'They can be neither read nor written. An election takes seconds.',
    clauses: state,
  },
  partitionsUnderReplicated: {
    name: 'KafkaPartitionsUnderReplicated',
    signal: 'partitionsUnderReplicated',
    when: { above: 0 },
    for: '15m',
    severity: 'warning',
    summary: { en: '{value} partitions of {item} are short of replicas', zh: '{item} 有 {value} 个分区副本不足' },
    runbook: 'kafka/partitions',
    rationale: 'The next broker that fails may lose data. A restarted broker catches up in less.',
    clauses: state,
  },
  lagHigh: {
    name: 'KafkaLagHigh',
    signal: 'lag',
    when: { above: 100_000 },
    for: '15m',
    severity: 'warning',
    summary: {
      en: 'Group {consumergroup} is {value} messages behind on {topic} of {item}',
      zh: '{item} 的消费组 {consumergroup} 在 {topic} 上积压 {value} 条',
    },
    runbook: 'kafka/lag',
    rationale: 'Far more than a group in step has; tune it to what the topic carries in a quarter of an hour.',
    clauses: [...performance, 'S0:7.1.1.4.a'],
  },
  groupStuck: {
    name: 'KafkaGroupStuck',
    signal: 'lagStuck',
    when: { above: 100 },
    for: '15m',
    severity: 'critical',
    supersedes: 'lagHigh',
    summary: {
      en: 'Group {consumergroup} reads nothing of {topic} of {item}: {value} messages wait',
      zh: '{item} 的消费组 {consumergroup} 停止读取 {topic}:积压 {value} 条',
    },
    runbook: 'kafka/lag',
    rationale:
      'Half an hour without a single message read, while more than a hundred wait: the consumer is dead or stuck.',
    clauses: performance,
  },
});
