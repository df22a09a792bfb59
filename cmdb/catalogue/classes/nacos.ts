import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad } from './signal-meanings.ts';

const { attributes, sources } = servesMetrics({
  program: 'nacos',
  since: '2.0',
  port: 8848,
  path: '/nacos/actuator/prometheus',
});

const read = readingsBy({
  nacos_monitor: gauge(['module', 'name']),
  nacos_exception_total: counter(['module', 'name']),
  jvm_memory_used_bytes: gauge(['area', 'id']),
  jvm_memory_max_bytes: gauge(['area', 'id']),
});

/**
 * One Nacos server, by the metrics of its own that `management.endpoints.web.exposure.include=prometheus` turns on. Not
 * checked against a real one, which cannot be had here: names and labels were read in Nacos' source and documentation.
 */
export const nacos = defineClass({
  id: 'nacos',
  title: { en: 'Nacos server', zh: 'Nacos 注册与配置中心' },
  attributes: { ...attributes, version: optional(text('Such as `2.3`.')) },
  sources,
  signals: {
    up: answersItself('builtin'),
    connections: {
      ...highIsBad('count', 'Clients connected', '客户端长连接数'),
      from: 'builtin',
      ...read((series) => `sum without (module, name) (${series('nacos_monitor', 'name="longConnection"')})`),
    },
    services: {
      ...highIsBad('count', 'Addresses registered', '注册实例数'),
      from: 'builtin',
      ...read((series) => `max without (module, name) (${series('nacos_monitor', 'name="ipCount"')})`),
    },
    configurations: {
      ...highIsBad('count', 'Configurations', '配置数'),
      from: 'builtin',
      ...read((series) => `max without (module, name) (${series('nacos_monitor', 'name="configCount"')})`),
    },
    notifying: {
      ...highIsBad('count', 'Changes that wait to reach other servers', '待通知的配置变更数'),
      from: 'builtin',
      ...read(
        (series) => `max without (module, name) (min_over_time(${series('nacos_monitor', 'name="notifyTask"')}[5m]))`,
      ),
    },
    dumping: {
      ...highIsBad('count', 'Changes that wait to be written to disk', '待落盘的配置变更数'),
      from: 'builtin',
      ...read(
        (series) => `max without (module, name) (min_over_time(${series('nacos_monitor', 'name="dumpTask"')}[5m]))`,
      ),
    },
    pushesFailed: {
      ...highIsBad('count', 'Pushes to clients that failed (15 min)', '推送失败次数(15 分钟)'),
      from: 'builtin',
      ...read((series) => `max without (module, name) (delta(${series('nacos_monitor', 'name="failedPush"')}[15m]))`),
    },
    databaseErrors: {
      ...highIsBad('count', 'Errors of its database (15 min)', '数据库错误次数(15 分钟)'),
      from: 'builtin',
      ...read(
        (series) => `sum without (module, name) (increase(${series('nacos_exception_total', 'name="db"')}[15m]))`,
      ),
    },
    peerErrors: {
      ...highIsBad('count', 'Errors between servers (15 min)', '节点间错误次数(15 分钟)'),
      from: 'builtin',
      ...read(
        (series) =>
          `sum without (module, name) (increase(${series('nacos_exception_total', 'name=~"configNotify|unhealth|leaderSendBeatFailed"')}[15m]))`,
      ),
    },
    heapKept: {
      ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
      from: 'builtin',
      ...read(
        (series) =>
          `sum without (area, id) (min_over_time(${series('jvm_memory_used_bytes', 'area="heap"')}[15m])) / sum without (area, id) (${series('jvm_memory_max_bytes', 'area="heap"')} > 0)`,
      ),
    },
  },
});
