import { counter, gauge, readingsBy } from './metric-facts.ts';

// Names were read off a real jmx_exporter 0.20, which has those that end with 1.0, and off a real 1.0.
const facts = {
  jvm_memory_used_bytes: gauge(['area'], { since: '1.0' }),
  jvm_memory_max_bytes: gauge(['area'], { since: '1.0' }),
  jvm_memory_bytes_used: gauge(['area'], { until: '1.0' }),
  jvm_memory_bytes_max: gauge(['area'], { until: '1.0' }),
  jvm_gc_collection_seconds_sum: counter(['gc']),
  jvm_threads_current: gauge(),
  jvm_threads_deadlocked: gauge(),
  process_open_fds: gauge(),
  process_max_fds: gauge(),
} as const;

const read = readingsBy(facts);

type Series = Parameters<Parameters<typeof read>[0]>[0];

function heap(series: Series, what: 'used' | 'max'): string {
  const [now, before] = [
    series(`jvm_memory_${what}_bytes`, 'area="heap"'),
    series(`jvm_memory_bytes_${what}`, 'area="heap"'),
  ];
  return `(${now} or ${before})`;
}

/** What any Java program tells through jmx_exporter as its agent. */
export const javaAgent = {
  /** Collections come and go: what is still taken at the lowest point is in use. */
  heapKept: read((series) => {
    const lowest = (['used_bytes', 'bytes_used'] as const).map(
      (name) => `min_over_time(${series(`jvm_memory_${name}`, 'area="heap"')}[15m])`,
    );
    return `max without (area) ((${lowest.join(' or ')}) / (${heap(series, 'max')} > 0))`;
  }),
  collecting: read((series) => `sum without (gc) (rate(${series('jvm_gc_collection_seconds_sum')}[5m]))`),
  threads: read((series) => series('jvm_threads_current')),
  threadsDeadlocked: read((series) => series('jvm_threads_deadlocked')),
  descriptorsUsed: read((series) => `${series('process_open_fds')} / ${series('process_max_fds')}`),
};
