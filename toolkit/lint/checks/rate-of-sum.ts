import { metricOf, type Subquery } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare } from '../expression-index.ts';
import { counterFunctions } from '../facts/range-functions.ts';

export const check: Check = {
  code: 'rate-of-sum',
  about: 'expression',
  severity: 'warning',
  summary: 'Rate of a sum of counters',
  why: 'When one instance restarts, the sum falls, and rate takes all that the others have counted since their start for new: a spike of millions out of nothing.',
  hint: 'Take the rate of each counter first, then the sum: sum(rate(x[5m])).',
  bad: '- record: job:requests:rate5m\n  expr: rate(sum by (job) (http_requests_total)[5m:30s])\n',
  good: '- record: job:requests:rate5m\n  expr: sum by (job) (rate(http_requests_total[5m]))\n',
  judge: (index) =>
    index.entries('call').flatMap(({ node }) => {
      const [range] = node.args;
      if (!counterFunctions.has(node.name) || range === undefined) return [];
      const isSum =
        range.kind === 'subquery'
          ? sums(range)
          : range.kind === 'range' && /:sum$/.test(metricOf(range.selector) ?? '');
      return isSum ? [{ text: `${node.name}() is taken of series that are summed already.`, span: node.span }] : [];
    }),
};

function sums({ operand }: Subquery): boolean {
  const inner = bare(operand);
  return inner.kind === 'aggregation' && inner.operator === 'sum' && bare(inner.operand).kind === 'selector';
}
