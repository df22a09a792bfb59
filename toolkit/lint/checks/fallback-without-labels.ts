import type { Expression } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { ancestorsOf, bare, constantOf, type Entry } from '../expression-index.ts';

export const check: Check = {
  code: 'fallback-without-labels',
  about: 'expression',
  severity: 'notice',
  summary: 'Fallback that lacks the labels of what it stands in for',
  why: 'vector(0) has no labels, so it stands beside the series of every group and for none that is missing: an operation with another grouped side never uses it, and an alert on a low value sees a 0 that is always there.',
  hint: 'Give the fallback the labels: `or 0 * sum by (job) (up)` with a series that is there for each of them; or leave it out.',
  bad: '- record: job:errors:rate5m\n  expr: sum by (job) (rate(errors_total[5m])) or vector(0)\n',
  good: '- record: all:errors:rate5m\n  expr: sum(rate(errors_total[5m])) or vector(0)\n',
  judge: (index) =>
    index.entries('binary').flatMap((entry) => {
      const { operator, left, right, matching } = entry.node;
      if (operator !== 'or' || matching !== null || !isConstantVector(right)) return [];
      const labels = groupedBy(left) ?? groupedAround(entry);
      if (labels.length === 0) return [];
      const text = `The fallback has no ${labels.join(', ')}, by which the other series are told apart.`;
      return [{ text, span: right.span }];
    }),
};

function isConstantVector(expression: Expression): boolean {
  const inner = bare(expression);
  const [value] = inner.kind === 'call' && inner.name === 'vector' ? inner.args : [];
  return value !== undefined && constantOf(value) !== null;
}

/** Null where it is no aggregation, and has whatever labels its series have. */
function groupedBy(expression: Expression): readonly string[] | null {
  const inner = bare(expression);
  if (inner.kind !== 'aggregation') return null;
  return inner.grouping?.kind === 'by' ? inner.grouping.labels : [];
}

/** `sum by (job) (errors or vector(0))`: the 0 is a group of its own. */
function groupedAround(entry: Entry): readonly string[] {
  const around = ancestorsOf(entry).find(({ node }) => node.kind !== 'parentheses');
  return (around === undefined ? null : groupedBy(around.node)) ?? [];
}
