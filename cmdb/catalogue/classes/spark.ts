import { defineClass } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

const { attributes, sources } = servesMetrics({
  program: 'spark',
  since: '3.0',
  port: 8080,
  path: '/metrics/master/prometheus',
});

const read = readingsBy({
  metrics_master_aliveWorkers_Value: gauge(['type']),
  metrics_master_workers_Value: gauge(['type']),
  metrics_master_apps_Value: gauge(['type']),
  metrics_master_waitingApps_Value: gauge(['type']),
});

/**
 * A master of a Spark cluster of its own (standalone), by its Prometheus servlet, which metrics.properties turns on.
 * Where Spark runs on YARN or Kubernetes, those are watched. Not checked against a real one, which cannot be had here:
 * names were read in published rules and Spark's documentation.
 */
export const spark = defineClass({
  id: 'spark',
  title: { en: 'Spark master', zh: 'Spark 主节点' },
  attributes,
  sources,
  signals: {
    up: answersItself('builtin'),
    workers: {
      ...lowIsBad('count', 'Workers that work', '可用 Worker 数'),
      from: 'builtin',
      ...read((series) => `max without (type) (${series('metrics_master_aliveWorkers_Value')})`),
    },
    workersLost: {
      ...highIsBad('count', 'Workers lost', '失联 Worker 数'),
      from: 'builtin',
      ...read(
        (series) =>
          `max without (type) (${series('metrics_master_workers_Value')}) - max without (type) (${series('metrics_master_aliveWorkers_Value')})`,
      ),
    },
    applications: {
      ...highIsBad('count', 'Applications', '应用数'),
      from: 'builtin',
      ...read((series) => `max without (type) (${series('metrics_master_apps_Value')})`),
    },
    applicationsWaiting: {
      ...highIsBad('count', 'Applications that wait', '等待中的应用数'),
      from: 'builtin',
      ...read((series) => `max without (type) (min_over_time(${series('metrics_master_waitingApps_Value')}[15m]))`),
    },
  },
});
