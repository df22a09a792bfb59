import { choice, defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { javaSignals } from './java-signals.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad } from './signal-meanings.ts';

const { attributes, sources } = servesMetrics({ program: 'jmx_exporter', since: '0.16', port: 9404 });

/** By the rules of `cmdb/catalogue/exporters/jmx-tomcat.yaml`. */
const read = readingsBy({
  tomcat_threadpool_currentthreadsbusy: gauge(['connector']),
  tomcat_threadpool_maxthreads: gauge(['connector']),
  tomcat_threadpool_connectioncount: gauge(['connector']),
  tomcat_threadpool_maxconnections: gauge(['connector']),
  tomcat_requestcount_total: counter(['connector']),
  tomcat_errorcount_total: counter(['connector']),
  tomcat_processing_seconds_total: counter(['connector']),
  tomcat_session_active: gauge(['host', 'context']),
  tomcat_datasource_numactive: gauge(['pool']),
  tomcat_datasource_maxtotal: gauge(['pool']),
});

/**
 * A Tomcat, or TongWeb, which gives the same under another first word, by jmx_exporter as its agent. All but data sources
 * was read off a real Tomcat 10.1 with jmx_exporter 0.20 and 1.0; the names of TongWeb 7 in its published manuals.
 */
export const tomcat = defineClass({
  id: 'tomcat',
  title: { en: 'Tomcat or TongWeb', zh: 'Tomcat / 东方通 TongWeb' },
  attributes: {
    ...attributes,
    product: choice('Which server it is.', ['tomcat', 'tongweb']),
    version: optional(text('Such as `10.1`.')),
  },
  sources,
  signals: {
    up: answersItself('builtin'),
    threadsUsed: {
      ...highIsBad('ratio', 'Request threads used', '请求线程使用率'),
      from: 'builtin',
      // A connector with an executor of its own says -1.
      ...read(
        (series) =>
          `${series('tomcat_threadpool_currentthreadsbusy')} / (${series('tomcat_threadpool_maxthreads')} > 0)`,
      ),
      partLabels: ['connector'],
    },
    connectionsUsed: {
      ...highIsBad('ratio', 'Connections used', '连接使用率'),
      from: 'builtin',
      ...read(
        (series) =>
          `${series('tomcat_threadpool_connectioncount')} / (${series('tomcat_threadpool_maxconnections')} > 0)`,
      ),
      partLabels: ['connector'],
    },
    requests: {
      ...highIsBad('per-second', 'Requests', '请求速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('tomcat_requestcount_total')}[5m])`),
      partLabels: ['connector'],
    },
    requestTime: {
      ...highIsBad('seconds', 'Time of a request (mean)', '请求耗时(平均)'),
      from: 'builtin',
      ...read(
        (series) =>
          `rate(${series('tomcat_processing_seconds_total')}[5m]) / (rate(${series('tomcat_requestcount_total')}[5m]) > 0.1)`,
      ),
      partLabels: ['connector'],
    },
    errors: {
      ...highIsBad('ratio', 'Requests that fail', '请求失败比例'),
      from: 'builtin',
      // Answers from 400 up, so those that ask for what is not there are among them.
      ...read(
        (series) =>
          `rate(${series('tomcat_errorcount_total')}[5m]) / (rate(${series('tomcat_requestcount_total')}[5m]) > 0.5)`,
      ),
      partLabels: ['connector'],
    },
    sessions: {
      ...highIsBad('count', 'Sessions', '会话数'),
      from: 'builtin',
      ...read((series) => series('tomcat_session_active')),
      partLabels: ['host', 'context'],
    },
    poolUsed: {
      ...highIsBad('ratio', 'Connections of a data source used', '数据源连接使用率'),
      from: 'builtin',
      // Present only where the server itself has data sources.
      ...read((series) => `${series('tomcat_datasource_numactive')} / (${series('tomcat_datasource_maxtotal')} > 0)`),
      partLabels: ['pool'],
    },
    ...javaSignals,
  },
});
