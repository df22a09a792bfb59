import { metricOf } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { renamedMetrics } from '../facts/exporter-metrics.ts';

export const check: Check = {
  code: 'renamed-metric',
  about: 'expression',
  severity: 'warning',
  summary: 'Metric that its exporter has renamed',
  why: 'After the update of the exporter nothing has this name any more: the alert goes quiet and nobody notices.',
  hint: 'Use the new name; while both releases run, join them with `or`.',
  bad: '- alert: LittleMemory\n  expr: node_memory_MemAvailable < 1e8\n  for: 5m\n',
  good: '- alert: LittleMemory\n  expr: node_memory_MemAvailable_bytes < 1e8\n  for: 5m\n',
  judge: (index) => {
    if (!/\b(?:node|kube)_/.test(index.text)) return [];
    const all = index.entries('selector').map(({ node }) => ({ node, metric: metricOf(node) ?? '' }));
    return all.flatMap(({ node, metric }) => {
      const renamed = renamedMetrics.get(metric);
      if (
        renamed === undefined ||
        all.some((other) => renamed.now.startsWith(other.metric) && other.metric !== metric && other.metric !== '')
      )
        return [];
      const text = `${metric} is called ${renamed.now} since ${renamed.since}.`;
      return [{ text, span: node.span, expected: renamed.now, found: metric }];
    });
  },
};
