import type { Aggregation } from '../../languages/promql/index.ts';
import { NotModelled } from './not-modelled.ts';
import { keyOf, type Labels, nameOnly, onlyLabels, type Sample, withoutLabels } from './series.ts';

const reducers: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  avg: (values) => values.reduce((mean, value, index) => mean + (value / (index + 1) - mean / (index + 1)), 0),
  count: (values) => values.length,
  group: () => 1,
};

export function aggregate({ operator, grouping }: Aggregation, samples: readonly Sample[]): readonly Sample[] {
  const reduce = reducers[operator];
  if (reduce === undefined) throw new NotModelled(`the aggregation ${operator}`);
  const groups = new Map<string, { readonly labels: Labels; readonly values: number[] }>();
  for (const { labels, value } of samples) {
    const kept = groupLabels(grouping, labels);
    const key = keyOf(kept);
    const group = groups.get(key) ?? { labels: kept, values: [] };
    group.values.push(value);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ labels, values }) => ({ labels, value: reduce(values) }));
}

function groupLabels(grouping: Aggregation['grouping'], labels: Labels): Labels {
  if (grouping === null) return {};
  if (grouping.kind === 'by') return onlyLabels(labels, grouping.labels);
  return withoutLabels(withoutLabels(labels, grouping.labels), nameOnly);
}
