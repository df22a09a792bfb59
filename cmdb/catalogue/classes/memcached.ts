import { defineClass, optional, text } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = measuredBeside({ program: 'memcached_exporter', since: '0.11', port: 9150 });

const read = readingsBy({
  memcached_up: gauge(),
  memcached_current_connections: gauge(),
  memcached_max_connections: gauge(),
  memcached_connections_listener_disabled_total: counter(),
  memcached_current_bytes: gauge(),
  memcached_limit_bytes: gauge(),
  memcached_items_evicted_total: counter(),
  memcached_commands_total: counter(['command', 'status']),
});

/**
 * A Memcached server, measured by memcached_exporter beside it, which is in no package of Debian 12: names and labels were
 * read in its source.
 */
export const memcached = defineClass({
  id: 'memcached',
  title: { en: 'Memcached server', zh: 'Memcached 缓存' },
  attributes: { ...attributes, version: optional(text('Such as `1.6`.')) },
  sources,
  signals: {
    up: {
      ...stateOf('Answers commands', '可执行命令'),
      from: 'exporter',
      ...read((series) => series('memcached_up')),
    },
    exporterUp: exporterAnswers('exporter'),
    connectionsUsed: {
      ...highIsBad('ratio', 'Connections used', '连接使用率'),
      from: 'exporter',
      ...read((series) => `${series('memcached_current_connections')} / ${series('memcached_max_connections')}`),
    },
    connectionsHeld: {
      ...highIsBad('count', 'Times that no connection was left (15 min)', '连接耗尽次数(15 分钟)'),
      from: 'exporter',
      ...read((series) => `increase(${series('memcached_connections_listener_disabled_total')}[15m])`),
    },
    memoryUsed: {
      ...highIsBad('ratio', 'Memory used', '内存使用率'),
      from: 'exporter',
      ...read((series) => `${series('memcached_current_bytes')} / ${series('memcached_limit_bytes')}`),
    },
    evicted: {
      ...highIsBad('per-second', 'Items evicted', '淘汰速率'),
      from: 'exporter',
      ...read((series) => `rate(${series('memcached_items_evicted_total')}[5m])`),
    },
    commands: {
      ...highIsBad('per-second', 'Commands', '命令速率'),
      from: 'exporter',
      ...read((series) => `sum without (command, status) (rate(${series('memcached_commands_total')}[5m]))`),
    },
    hits: {
      ...lowIsBad('ratio', 'Keys found', '键命中率'),
      from: 'exporter',
      // Of fewer than ten reads a second the ratio says nothing.
      ...read((series) => {
        const [found, all] = ['command="get",status="hit"', 'command="get"'].map(
          (matchers) => `sum without (command, status) (rate(${series('memcached_commands_total', matchers)}[15m]))`,
        );
        return `${found} / (${all} > 10)`;
      }),
    },
  },
});
