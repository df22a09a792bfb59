import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { javaAgent } from './java-readings.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad } from './signal-meanings.ts';

const { attributes, sources } = servesMetrics({ program: 'jmx_exporter', since: '0.16', port: 9404 });

const ofQueue = ['broker', 'queue'];

/** By the rules of `cmdb/catalogue/exporters/jmx-activemq.yaml`. */
const read = readingsBy({
  activemq_broker_memorypercentusage: gauge(['broker']),
  activemq_broker_storepercentusage: gauge(['broker']),
  activemq_broker_temppercentusage: gauge(['broker']),
  activemq_broker_currentconnectionscount: gauge(['broker']),
  activemq_queue_queuesize: gauge(ofQueue),
  activemq_queue_consumercount: gauge(ofQueue),
  activemq_queue_enqueuecount_total: counter(ofQueue),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

function share(series: Series, of: 'memory' | 'store' | 'temp'): string {
  return `max without (broker) (${series(`activemq_broker_${of}percentusage`)}) / 100`;
}

/** One ActiveMQ broker (Classic), by jmx_exporter as its agent: read off a real 5.18 with jmx_exporter 1.0. */
export const activemq = defineClass({
  id: 'activemq',
  title: { en: 'ActiveMQ broker', zh: 'ActiveMQ 消息中间件' },
  attributes: { ...attributes, version: optional(text('Such as `5.18`.')) },
  sources,
  signals: {
    up: answersItself('builtin'),
    memoryUsed: {
      ...highIsBad('ratio', 'Memory for messages used', '消息内存使用率'),
      from: 'builtin',
      ...read((series) => share(series, 'memory')),
    },
    storeUsed: {
      ...highIsBad('ratio', 'Store used', '持久化存储使用率'),
      from: 'builtin',
      ...read((series) => share(series, 'store')),
    },
    temporaryUsed: {
      ...highIsBad('ratio', 'Temporary store used', '临时存储使用率'),
      from: 'builtin',
      ...read((series) => share(series, 'temp')),
    },
    connections: {
      ...highIsBad('count', 'Connections', '连接数'),
      from: 'builtin',
      ...read((series) => `max without (broker) (${series('activemq_broker_currentconnectionscount')})`),
    },
    messages: {
      ...highIsBad('per-second', 'Messages written', '消息写入速率'),
      from: 'builtin',
      ...read((series) => `sum without (broker, queue) (rate(${series('activemq_queue_enqueuecount_total')}[5m]))`),
    },
    lag: {
      ...highIsBad('count', 'Messages in a queue', '队列积压消息数'),
      from: 'builtin',
      ...read((series) => `max without (broker) (${series('activemq_queue_queuesize')})`),
      partLabels: ['queue'],
    },
    lagWithoutConsumer: {
      ...highIsBad('count', 'Messages in a queue that nobody reads', '无消费者的队列积压'),
      from: 'builtin',
      ...read(
        (series) =>
          `max without (broker) (${series('activemq_queue_queuesize')} and ${series('activemq_queue_consumercount')} == 0)`,
      ),
      partLabels: ['queue'],
    },
    heapKept: {
      ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
      from: 'builtin',
      ...javaAgent.heapKept,
    },
    descriptorsUsed: {
      ...highIsBad('ratio', 'File descriptors used', '文件描述符使用率'),
      from: 'builtin',
      ...javaAgent.descriptorsUsed,
    },
  },
});
