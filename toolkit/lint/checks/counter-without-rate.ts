import { isComparison, metricOf, type Selector } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { ancestorsOf, constantOf, type Entry } from '../expression-index.ts';
import { isCounter } from '../facts/metric-kind.ts';

/** Only where the value itself is compared with a number: a counter that is joined or counted may well be meant. */
export const check: Check = {
  code: 'counter-without-rate',
  about: 'expression',
  severity: 'warning',
  summary: 'Counter compared without a rate',
  why: 'A counter grows for as long as the program runs, so a limit on it is reached some day whatever happens, and is left only by a restart.',
  hint: 'Compare what it grew by: increase(...[1h]) or rate(...[5m]).',
  bad: '- alert: TooManyErrors\n  expr: http_errors_total > 100\n  for: 5m\n',
  good: '- alert: TooManyErrors\n  expr: increase(http_errors_total[1h]) > 100\n',
  judge: (index) =>
    index.entries('selector').flatMap((entry) => {
      const metric = metricOf(entry.node);
      if (metric === null || !isCounter(metric) || !isCompared(entry)) return [];
      return [
        {
          text: `${metric} is a counter, and its value since the start of the program is compared.`,
          span: entry.node.span,
        },
      ];
    }),
};

function isCompared(entry: Entry<Selector>): boolean {
  for (const { node } of ancestorsOf(entry)) {
    if (node.kind === 'call' || node.kind === 'range' || node.kind === 'subquery') return false;
    if (node.kind === 'aggregation' && /^(?:count|group|count_values)$/.test(node.operator)) return false;
    if (node.kind !== 'binary') continue;
    if (!isComparison(node.operator)) return false;
    // `> 0` and `== 0` ask whether it ever happened.
    return [node.left, node.right].some((side) => (constantOf(side) ?? 0) !== 0);
  }
  return false;
}
