import { defineClass } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, stateOf } from './signal-meanings.ts';

// Scraped without `honor_labels`, so that the item's own labels hold: what was pushed as `job` is `exported_job`.
const group = ['exported_job', 'exported_instance'];
const read = readingsBy({
  push_time_seconds: gauge(group),
  push_failure_time_seconds: gauge(group),
  process_resident_memory_bytes: gauge(),
});

/** A Pushgateway: where jobs that end leave their results. It forgets nothing, so what is old looks like what is new. */
export const pushgateway = defineClass({
  id: 'pushgateway',
  title: { en: 'Pushgateway', zh: 'Pushgateway 推送网关' },
  ...servesMetrics({ program: 'pushgateway', since: '1.4', port: 9091 }),
  signals: {
    up: answersItself('builtin'),
    pushAge: {
      ...highIsBad('seconds', 'Time since the last push', '距最近一次推送的时间'),
      from: 'builtin',
      partLabels: group,
      // Zero before the first push that worked: of one that never did the age is that of the epoch.
      ...read((series) => `time() - ${series('push_time_seconds')}`),
    },
    pushAccepted: {
      ...stateOf('Last push was accepted', '最近一次推送已被接受'),
      from: 'builtin',
      partLabels: group,
      ...read((series) => `${series('push_failure_time_seconds')} <= bool ${series('push_time_seconds')}`),
    },
    memoryUsed: {
      ...highIsBad('bytes', 'Memory in use', '内存占用'),
      from: 'builtin',
      ...read((series) => series('process_resident_memory_bytes')),
    },
  },
});
