import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({ program: 'mqtt2prometheus', since: '0.1.7', port: 9641 });
const labels = ['sensor', 'topic'];

/** By the rules of `cmdb/catalogue/exporters/mqtt-mosquitto.yaml`. */
const read = readingsBy({
  mqtt2prometheus_connected: gauge(),
  mosquitto_clients_connected: gauge(labels),
  mosquitto_clients_disconnected: gauge(labels),
  mosquitto_messages_stored: gauge(labels),
  mosquitto_heap_bytes: gauge(labels),
  mosquitto_publish_received_total: counter(labels),
  mosquitto_publish_sent_total: counter(labels),
  mosquitto_publish_dropped_total: counter(labels),
  mosquitto_received_bytes_total: counter(labels),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];
type Metric = Parameters<Series>[0];

/** The topic says no more than the name of the metric. */
function plain(series: string): string {
  return `max without (${labels.join(', ')}) (${series})`;
}

function rate(metric: Metric, range = '5m') {
  return read((series) => plain(`rate(${series(metric)}[${range}])`));
}

/**
 * One Mosquitto broker, by what it publishes of itself below `$SYS`, which the exporter (mqtt2prometheus; in Debian
 * prometheus-mqtt-exporter) takes in as a client with the rules in `cmdb/catalogue/exporters/mqtt-mosquitto.yaml`. Names were
 * read off a real Mosquitto 2.0 and Debian's exporter.
 */
export const mosquitto = defineClass({
  id: 'mosquitto',
  title: { en: 'Mosquitto MQTT broker', zh: 'Mosquitto 消息代理(MQTT)' },
  attributes: { ...attributes, version: optional(text('Such as `2.0`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Takes clients', '可接受客户端连接'),
      from: 'exporter',
      // The exporter is a client like any other, and comes back by itself.
      ...read((series) => series('mqtt2prometheus_connected')),
    },
    exporterUp: exporterAnswers('exporter'),
    clients: {
      ...lowIsBad('count', 'Clients connected', '在线客户端数'),
      from: 'exporter',
      ...read((series) => plain(series('mosquitto_clients_connected'))),
    },
    clientsGone: {
      ...highIsBad('ratio', 'Clients fewer than within the last half hour', '半小时内减少的客户端比例'),
      from: 'exporter',
      // Of fewer than twenty the ratio says nothing.
      ...read((series) => {
        const now = series('mosquitto_clients_connected');
        return plain(`1 - ${now} / (max_over_time(${now}[30m]) > 20)`);
      }),
    },
    sessionsKept: {
      ...highIsBad('count', 'Sessions kept for absent clients', '为离线客户端保留的会话数'),
      from: 'exporter',
      ...read((series) => plain(series('mosquitto_clients_disconnected'))),
    },
    received: {
      ...highIsBad('per-second', 'Messages taken', '消息接收速率'),
      from: 'exporter',
      ...rate('mosquitto_publish_received_total'),
    },
    sent: {
      ...highIsBad('per-second', 'Messages sent', '消息发送速率'),
      from: 'exporter',
      ...rate('mosquitto_publish_sent_total'),
    },
    dropped: {
      ...highIsBad('per-second', 'Messages dropped', '丢弃的消息速率'),
      from: 'exporter',
      ...rate('mosquitto_publish_dropped_total', '10m'),
    },
    silent: {
      ...stateOf('Messages come in', '有消息流入'),
      from: 'exporter',
      // Of a broker with clients enough that one of them should have something to say.
      ...read((series) => {
        const comesIn = plain(`increase(${series('mosquitto_publish_received_total')}[15m]) > bool 0`);
        return `${comesIn} and on (item) ${series('mosquitto_clients_connected')} >= 10`;
      }),
    },
    stored: {
      ...highIsBad('count', 'Messages kept', '保存的消息数'),
      from: 'exporter',
      ...read((series) => plain(series('mosquitto_messages_stored'))),
    },
    heap: {
      ...highIsBad('bytes', 'Memory in use', '已用内存'),
      from: 'exporter',
      ...read((series) => plain(series('mosquitto_heap_bytes'))),
    },
    traffic: {
      ...highIsBad('bytes-per-second', 'Bytes received', '接收流量'),
      from: 'exporter',
      ...rate('mosquitto_received_bytes_total'),
    },
  },
});
