import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({
  program: 'rocketmq-exporter',
  since: '0.0.2',
  port: 5557,
  // It asks all brokers once a minute.
  interval: '60s',
  timeout: '30s',
});

const ofGroup = ['group', 'topic', 'countOfOnlineConsumers', 'msgModel'];
const ofBroker = ['cluster', 'brokerIP', 'brokerHost', 'des', 'boottime', 'broker_version'];

const read = readingsBy({
  rocketmq_broker_tps: gauge(['cluster', 'brokerIP', 'broker']),
  rocketmq_brokeruntime_commitlog_disk_ratio: gauge(ofBroker),
  rocketmq_brokeruntime_send_threadpoolqueue_headwait_timemills: gauge(ofBroker),
  rocketmq_group_diff: gauge(ofGroup),
  rocketmq_group_dlqdiff: gauge(ofGroup),
  rocketmq_group_get_latency_by_storetime: gauge(['cluster', 'broker', 'topic', 'group']),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

function brokers(series: Series): string {
  return `count without (cluster, brokerIP, broker) (${series('rocketmq_broker_tps')})`;
}

/**
 * A RocketMQ cluster, measured by one rocketmq-exporter. Not checked against a real one, which cannot be had here: names
 * and labels were read in the exporter's source of 2024.
 */
export const rocketmq = defineClass({
  id: 'rocketmq',
  title: { en: 'RocketMQ cluster', zh: 'RocketMQ 集群' },
  attributes: { ...attributes, version: optional(text('Such as `5.1`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Brokers tell of themselves', '可读取 Broker 状态'),
      from: 'exporter',
      ...read((series) => `clamp_max(${brokers(series)}, 1) or 0 * (${series('up')} == 1)`),
    },
    exporterUp: exporterAnswers('exporter'),
    brokersLost: {
      ...highIsBad('count', 'Brokers lost since yesterday', '一天内失去的 Broker 数'),
      from: 'exporter',
      // A lost broker leaves no series behind: only the number of yesterday tells of it, the more so after the last one.
      ...read((series) => {
        const most = `max_over_time((${brokers(series)})[1d:5m])`;
        return `(${most} - ${brokers(series)}) or (${most} and on (item) ${series('up')} == 1)`;
      }),
    },
    diskUsed: {
      ...highIsBad('ratio', 'Disk of a broker used', 'Broker 磁盘使用率'),
      from: 'exporter',
      ...read(
        (series) =>
          `max without (cluster, brokerHost, des, boottime, broker_version) (${series('rocketmq_brokeruntime_commitlog_disk_ratio')})`,
      ),
      partLabels: ['brokerIP'],
    },
    sendWait: {
      ...highIsBad('seconds', 'Time that messages wait to be stored', '消息写入排队时间'),
      from: 'exporter',
      ...read(
        (series) =>
          `max without (cluster, brokerHost, des, boottime, broker_version) (${series('rocketmq_brokeruntime_send_threadpoolqueue_headwait_timemills')}) / 1000`,
      ),
      partLabels: ['brokerIP'],
    },
    messages: {
      ...highIsBad('per-second', 'Messages written', '消息写入速率'),
      from: 'exporter',
      ...read((series) => `sum without (cluster, brokerIP, broker) (${series('rocketmq_broker_tps')})`),
    },
    lag: {
      ...highIsBad('count', 'Messages that a group has not read', '消费组积压消息数'),
      from: 'exporter',
      // Present only where groups consume; so are the next two.
      ...read((series) => `max without (countOfOnlineConsumers, msgModel) (${series('rocketmq_group_diff')})`),
      partLabels: ['group', 'topic'],
    },
    delay: {
      ...highIsBad('seconds', 'Age of the message that a group reads', '消费组消费延迟'),
      from: 'exporter',
      ...read(
        (series) => `max without (cluster, broker) (${series('rocketmq_group_get_latency_by_storetime')}) / 1000`,
      ),
      partLabels: ['group', 'topic'],
    },
    deadLetters: {
      ...highIsBad('count', 'Messages given up (dead letters)', '死信消息数'),
      from: 'exporter',
      ...read(
        (series) => `max without (countOfOnlineConsumers, msgModel, topic) (${series('rocketmq_group_dlqdiff')})`,
      ),
      partLabels: ['group'],
    },
  },
});
