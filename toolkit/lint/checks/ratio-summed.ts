import { type Expression, isComparison, selectorsIn } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare, constantOf } from '../expression-index.ts';
import { counterFunctions } from '../facts/range-functions.ts';

/** Only where both sides of the division are rates of counters: a sum of shares of gauges may be meant. */
export const check: Check = {
  code: 'ratio-summed',
  about: 'expression',
  severity: 'notice',
  summary: 'Ratios added or averaged',
  why: 'An instance with ten requests weighs as much as one with a million, so the number is not the ratio of the whole, and adding ratios can give more than 1.',
  hint: 'Divide the sums: sum(rate(errors[5m])) / sum(rate(requests[5m])).',
  bad: '- record: job:errors:ratio\n  expr: avg by (job) (rate(http_errors_total[5m]) / rate(http_requests_total[5m]))\n',
  good: '- record: job:errors:ratio\n  expr: sum by (job) (rate(http_errors_total[5m])) / sum by (job) (rate(http_requests_total[5m]))\n',
  judge: (index) =>
    index.entries('aggregation').flatMap(({ node }) => {
      const inside = bare(node.operand);
      if (!/^(?:sum|avg)$/.test(node.operator) || inside.kind !== 'binary' || inside.operator !== '/') return [];
      if (isComparison(inside.operator) || constantOf(inside.right) !== null) return [];
      if (!isRate(inside.left) || !isRate(inside.right)) return [];
      return [{ text: `${node.operator} is taken over the quotients of single series.`, span: node.span }];
    }),
};

function isRate(expression: Expression): boolean {
  const inner = bare(expression);
  return inner.kind === 'call' && counterFunctions.has(inner.name) && selectorsIn(inner).length === 1;
}
