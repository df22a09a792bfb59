import { expect, it } from 'vitest';
import { isCounter, isGauge } from './metric-kind.ts';

it.each([
  { name: 'a name ends as those of counters do', metric: 'http_requests_total', counter: true, gauge: false },
  { name: 'an exporter says that it is one, whatever its name', metric: 'ifHCInOctets', counter: true, gauge: false },
  {
    name: 'a counter of a database without the ending',
    metric: 'pg_stat_database_deadlocks',
    counter: true,
    gauge: false,
  },
  { name: 'a gauge that is named as a counter', metric: 'ceph_pg_total', counter: false, gauge: true },
  { name: 'how many there are is no counter', metric: 'http_connections_total', counter: false, gauge: false },
  { name: 'what is known by its ending is a gauge', metric: 'room_celsius', counter: false, gauge: true },
])('$name: $metric', ({ metric, counter, gauge }) => {
  expect({ counter: isCounter(metric), gauge: isGauge(metric) }).toEqual({ counter, gauge });
});
