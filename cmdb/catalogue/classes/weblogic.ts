import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { javaSignals } from './java-signals.ts';
import { servesMetrics } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

const { attributes, sources } = servesMetrics({ program: 'jmx_exporter', since: '0.16', port: 9404, timeout: '20s' });

/** By the rules of `cmdb/catalogue/exporters/jmx-weblogic.yaml`. */
const read = readingsBy({
  weblogic_threadpool_stuckthreadcount: gauge(),
  weblogic_threadpool_hoggingthreadcount: gauge(),
  weblogic_threadpool_pendinguserrequestcount: gauge(),
  weblogic_threadpool_executethreadtotalcount: gauge(),
  weblogic_threadpool_throughput: gauge(),
  weblogic_datasource_activeconnectionscurrentcount: gauge(['pool']),
  weblogic_datasource_currcapacity: gauge(['pool']),
  weblogic_datasource_waitingforconnectioncurrentcount: gauge(['pool']),
  weblogic_webapp_opensessionscurrentcount: gauge(['application']),
  weblogic_server_opensocketscurrentcount: gauge(),
});

/**
 * One WebLogic server (administration or managed), by jmx_exporter as its agent. Not checked against a real one, which
 * cannot be had here: beans and attributes are from general knowledge of 12.2.1 and 14.1
 * and excerpts of public rules for jmx_exporter, so hold them against a page of yours (`absentMetrics`) before you rely on them.
 */
export const weblogic = defineClass({
  id: 'weblogic',
  title: { en: 'WebLogic server', zh: 'WebLogic 应用服务器' },
  attributes: { ...attributes, version: optional(text('Such as `14.1.1`.')) },
  sources,
  signals: {
    up: answersItself('builtin'),
    stuck: {
      ...highIsBad('count', 'Stuck threads', '阻塞线程数(stuck)'),
      from: 'builtin',
      ...read((series) => series('weblogic_threadpool_stuckthreadcount')),
    },
    hogging: {
      ...highIsBad('ratio', 'Threads that have been busy for long', '长时间占用的线程比例'),
      from: 'builtin',
      ...read(
        (series) =>
          `${series('weblogic_threadpool_hoggingthreadcount')} / (${series('weblogic_threadpool_executethreadtotalcount')} > 0)`,
      ),
    },
    waiting: {
      ...highIsBad('count', 'Requests that wait for a thread', '等待线程的请求数'),
      from: 'builtin',
      ...read((series) => series('weblogic_threadpool_pendinguserrequestcount')),
    },
    requests: {
      ...highIsBad('per-second', 'Requests', '请求速率'),
      from: 'builtin',
      // The server reckons it itself.
      ...read((series) => series('weblogic_threadpool_throughput')),
    },
    poolUsed: {
      ...highIsBad('ratio', 'Connections of a data source used, of those open', '数据源连接使用率(相对已建立)'),
      from: 'builtin',
      ...read(
        (series) =>
          `${series('weblogic_datasource_activeconnectionscurrentcount')} / (${series('weblogic_datasource_currcapacity')} > 0)`,
      ),
      partLabels: ['pool'],
    },
    poolServes: {
      ...stateOf('Nobody waits for a connection', '数据源无等待'),
      from: 'builtin',
      ...read((series) => `${series('weblogic_datasource_waitingforconnectioncurrentcount')} == bool 0`),
      partLabels: ['pool'],
    },
    sessions: {
      ...highIsBad('count', 'Sessions', '会话数'),
      from: 'builtin',
      ...read((series) => series('weblogic_webapp_opensessionscurrentcount')),
      partLabels: ['application'],
    },
    sockets: {
      ...highIsBad('count', 'Sockets open', '打开的套接字数'),
      from: 'builtin',
      ...read((series) => series('weblogic_server_opensocketscurrentcount')),
    },
    ...javaSignals,
  },
});
