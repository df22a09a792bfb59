import {
  type BinaryOperation,
  type Expression,
  isSetOperator,
  metricOf,
  selectorsIn,
} from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare } from '../expression-index.ts';

/** As far as `without` goes: which labels are left depends on what the exporters add tomorrow. */
export const check: Check = {
  code: 'fragile-join',
  about: 'expression',
  severity: 'notice',
  summary: 'Join that a new label breaks',
  why: '`without` keeps all labels but a few. Two different metrics seldom have the same rest: a label that one of them gains some day leaves the result empty.',
  hint: 'Aggregate both sides with `by`, or say with on(...) which labels belong together.',
  bad: '- record: job:errors:ratio\n  expr: sum without (instance) (rate(errors_total[5m])) / sum without (instance) (rate(requests_total[5m]))\n',
  good: '- record: job:errors:ratio\n  expr: sum by (job) (rate(errors_total[5m])) / sum by (job) (rate(requests_total[5m]))\n',
  judge: (index) =>
    index.entries('binary').flatMap(({ node }) =>
      isFragile(node)
        ? [
            {
              text: `The labels on both sides of ${node.operator} have to be the same, and \`without\` leaves that to the exporters.`,
              span: node.operatorSpan,
            },
          ]
        : [],
    ),
};

function isFragile({ left, right, operator, matching }: BinaryOperation): boolean {
  if (matching?.kind === 'on' || operator === 'or' || (isSetOperator(operator) && operator !== 'and')) return false;
  if (left.type === 'scalar' || right.type === 'scalar' || (!isWithout(left) && !isWithout(right))) return false;
  const names = [left, right].map((side) => selectorsIn(side).map((selector) => metricOf(selector) ?? ''));
  return !names[0]?.some((name) => names[1]?.includes(name)) && !sameFamily(names.flat());
}

function isWithout(expression: Expression): boolean {
  const inner = bare(expression);
  return inner.kind === 'aggregation' && inner.grouping?.kind === 'without';
}

/** Sum, count and buckets of one histogram have the same labels for certain. */
function sameFamily(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.replace(/_(?:sum|count|bucket|total)$/, ''))).size === 1;
}
