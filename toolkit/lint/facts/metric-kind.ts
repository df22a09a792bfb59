import { misnamedGauges, unnamedCounters } from './metric-types.generated.ts';

/** Of the metrics of the catalogue their type is known; of any other, what its name tells. */

const gaugeSuffix = /_(?:celsius|ratio|percent|info|limit_bytes|available_bytes|free_bytes|used_bytes)$/;

/** Gauges whose names end as those of counters do. */
const misnamed =
  /^(?:\w*(?:pending|active|current|open|running|available|in_?flight|used|queued|max|limit|desired|expected)_\w*total|node_memory_\w*Total|\w*(?:memory|mem|disk|swap|space|size|capacity|quota|threads|connections|docs|nodes|shards|brokers|partitions|consumers|replicas|workers|cpus|cores|pods|members|instances|targets|users|queues|hosts|objects|files|inodes|sensors|slots)_total|mysql_global_variables_\w+|pg_settings_\w+)$/;

export function isCounter(metric: string): boolean {
  return unnamedCounters.has(metric) || (isNamedAsCounter(metric) && !misnamedGauges.has(metric));
}

export function isNamedAsCounter(metric: string): boolean {
  return /_total$/.test(metric) && !misnamed.test(metric) && !metric.includes(':');
}

export function isGauge(metric: string): boolean {
  return gaugeSuffix.test(metric) || metric === 'up' || metric === 'probe_success' || misnamedGauges.has(metric);
}
