import { choice, defineClass, networkName, optional, port } from 'opsctl';
import { javaAgent } from './java-readings.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

const micrometer = readingsBy({
  jvm_memory_used_bytes: gauge(['area', 'id']),
  jvm_memory_max_bytes: gauge(['area', 'id']),
  jvm_gc_pause_seconds_sum: counter(['action', 'cause', 'gc']),
  jvm_threads_live_threads: gauge(),
  process_files_open_files: gauge(),
  process_files_max_files: gauge(),
  http_server_requests_seconds_count: counter(['outcome', 'status', 'uri', 'method', 'exception', 'error']),
  http_server_requests_seconds_sum: counter(['outcome', 'status', 'uri', 'method', 'exception', 'error']),
  hikaricp_connections_active: gauge(['pool']),
  hikaricp_connections_max: gauge(['pool']),
  hikaricp_connections_pending: gauge(['pool']),
  logback_events_total: counter(['level']),
});

/** Labels of requests, which are one for each kind of answer. */
const kinds = 'outcome, status, uri, method, exception, error';

const common = { kind: 'exporter', interval: '30s' } as const;

/**
 * A Java application: by jmx_exporter as its agent, or by what Micrometer of Spring Boot serves. Names of the agent were
 * read off real ones, those of Micrometer in its and Spring Boot's documentation (1.9 and later, Boot 2.7 to 3.x).
 */
export const jvm = defineClass({
  id: 'jvm',
  title: { en: 'Java application', zh: 'Java 应用' },
  attributes: {
    address: networkName('DNS name or IP address of the application.'),
    metrics: choice('What serves its metrics.', ['jmx', 'micrometer']),
    metricsPort: optional(port('Port of the metrics: 9404 of the agent, 8080 of Spring Boot when not given.')),
  },
  sources: {
    jmx: {
      ...common,
      exporter: 'jmx_exporter >=0.16',
      when: ({ metrics }) => metrics === 'jmx',
      endpoint: ({ address, metricsPort = 9404 }) => `${address}:${metricsPort}`,
    },
    micrometer: {
      ...common,
      exporter: 'micrometer >=1.9',
      path: '/actuator/prometheus',
      when: ({ metrics }) => metrics === 'micrometer',
      endpoint: ({ address, metricsPort = 8080 }) => `${address}:${metricsPort}`,
    },
  },
  signals: {
    up: {
      ...stateOf('Answers', '应答'),
      readings: {
        jmx: { expression: (series) => series('up'), metrics: ['up'] },
        micrometer: micrometer((series) => series('up')),
      },
    },
    heapKept: {
      ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
      readings: {
        jmx: javaAgent.heapKept,
        // The parts of the heap may borrow from each other: only the sum has a limit, and the parts without one say -1.
        micrometer: micrometer(
          (series) =>
            `sum without (area, id) (min_over_time(${series('jvm_memory_used_bytes', 'area="heap"')}[15m])) / sum without (area, id) (${series('jvm_memory_max_bytes', 'area="heap"')} > 0)`,
        ),
      },
    },
    collecting: {
      ...highIsBad('ratio', 'Time spent collecting garbage', '垃圾回收时间占比'),
      readings: {
        jmx: javaAgent.collecting,
        micrometer: micrometer(
          (series) => `sum without (action, cause, gc) (rate(${series('jvm_gc_pause_seconds_sum')}[5m]))`,
        ),
      },
    },
    threads: {
      ...highIsBad('count', 'Threads', '线程数'),
      readings: { jmx: javaAgent.threads, micrometer: micrometer((series) => series('jvm_threads_live_threads')) },
    },
    threadsDeadlocked: {
      ...highIsBad('count', 'Threads that wait for each other for ever', '死锁的线程数'),
      from: 'jmx',
      ...javaAgent.threadsDeadlocked,
    },
    descriptorsUsed: {
      ...highIsBad('ratio', 'File descriptors used', '文件描述符使用率'),
      readings: {
        jmx: javaAgent.descriptorsUsed,
        micrometer: micrometer(
          (series) => `${series('process_files_open_files')} / ${series('process_files_max_files')}`,
        ),
      },
    },
    requests: {
      ...highIsBad('per-second', 'Requests', '请求速率'),
      from: 'micrometer',
      ...micrometer((series) => `sum without (${kinds}) (rate(${series('http_server_requests_seconds_count')}[5m]))`),
    },
    requestTime: {
      ...highIsBad('seconds', 'Time of a request (mean)', '请求耗时(平均)'),
      from: 'micrometer',
      ...micrometer((series) => {
        const [sum, count] = (['sum', 'count'] as const).map(
          (part) => `sum without (${kinds}) (rate(${series(`http_server_requests_seconds_${part}`)}[5m]))`,
        );
        return `${sum} / (${count} > 0)`;
      }),
    },
    errors: {
      ...highIsBad('ratio', 'Requests that fail in the application', '请求失败比例'),
      from: 'micrometer',
      // Of a few requests the ratio says nothing.
      ...micrometer((series) => {
        const [failed, all] = ['outcome="SERVER_ERROR"', undefined].map(
          (matchers) => `sum without (${kinds}) (rate(${series('http_server_requests_seconds_count', matchers)}[5m]))`,
        );
        return `${failed} / (${all} > 0.5)`;
      }),
    },
    poolUsed: {
      ...highIsBad('ratio', 'Database connections of a pool used', '数据库连接池使用率'),
      from: 'micrometer',
      // Present only with the pool that Spring Boot brings (HikariCP); so is the next.
      ...micrometer((series) => `${series('hikaricp_connections_active')} / ${series('hikaricp_connections_max')}`),
      partLabels: ['pool'],
    },
    poolWaiting: {
      ...highIsBad('count', 'Threads that wait for a database connection', '等待数据库连接的线程数'),
      from: 'micrometer',
      ...micrometer((series) => `min_over_time(${series('hikaricp_connections_pending')}[2m])`),
      partLabels: ['pool'],
    },
    errorsLogged: {
      ...highIsBad('per-second', 'Errors logged', '错误日志速率'),
      from: 'micrometer',
      ...micrometer((series) => `sum without (level) (rate(${series('logback_events_total', 'level="error"')}[5m]))`),
    },
  },
});
