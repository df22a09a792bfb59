import { type ObjectClass, readingsOf } from '../../toolkit/model/index.ts';

/** Every metric that the signals of a class read; `up` is left out, it is Prometheus' own. */
export function metricsRead({ signals }: ObjectClass): readonly string[] {
  const read = new Set<string>();
  for (const signal of Object.values(signals))
    for (const { expression } of Object.values(readingsOf(signal)))
      expression((metric) => {
        read.add(metric);
        return metric;
      });
  read.delete('up');
  return [...read].sort();
}

/** The metrics on a page in the text format of Prometheus. */
export function metricNames(page: string): ReadonlySet<string> {
  return new Set(page.split('\n').flatMap((line) => /^([a-zA-Z_:][\w:]*)[{ ]/.exec(line)?.[1] ?? []));
}
