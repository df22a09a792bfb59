import { type Expression, metricOf } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare } from '../expression-index.ts';

export const check: Check = {
  code: 'quantile-averaged',
  about: 'expression',
  severity: 'warning',
  summary: 'Quantiles added or averaged',
  why: 'The average of the 99th percentiles of three instances is no percentile of anything: it can be far from what the slowest hundredth of all requests waited.',
  hint: 'Add the buckets first, and take the quantile of the sum: histogram_quantile(0.99, sum by (le) (rate(..._bucket[5m]))).',
  bad: '- record: job:latency:p99\n  expr: avg by (job) (rpc_duration_seconds{quantile="0.99"})\n',
  good: '- record: job:latency:p99\n  expr: max by (job) (rpc_duration_seconds{quantile="0.99"})\n',
  judge: (index) =>
    index.entries('aggregation').flatMap(({ node }) => {
      if (!/^(?:sum|avg)$/.test(node.operator) || !isQuantile(node.operand)) return [];
      return [{ text: `${node.operator} is taken over quantiles.`, span: node.span }];
    }),
};

function isQuantile(expression: Expression): boolean {
  const inner = bare(expression);
  if (inner.kind === 'call') return inner.name === 'histogram_quantile';
  if (inner.kind !== 'selector' || /:|^go_gc_/.test(metricOf(inner) ?? '')) return false;
  return inner.matchers.some(({ label, operator, value }) => label === 'quantile' && operator === '=' && value !== '');
}
