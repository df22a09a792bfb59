import { type Expression, isComparison, metricOf, type Selector } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare } from '../expression-index.ts';

export const check: Check = {
  code: 'no-condition',
  about: 'expression',
  severity: 'warning',
  summary: 'Alert without a condition',
  why: 'An alert fires for every series that its expression gives, whatever the value: all of them, always. A comparison with bool drops none either.',
  hint: 'Compare with a limit: `... > 0`. An alert that is to fire always is written vector(1).',
  bad: '- alert: QueueLong\n  expr: sum by (queue) (queue_messages)\n  for: 5m\n',
  good: '- alert: QueueLong\n  expr: sum by (queue) (queue_messages) > 1000\n  for: 5m\n',
  judge: (index) =>
    index.use === 'alert' && !filters(index.expression)
      ? [{ text: 'The expression gives series whatever their values are.' }]
      : [],
};

/** Whether some value or missing series makes the result empty. */
function filters(expression: Expression): boolean {
  const inner = bare(expression);
  switch (inner.kind) {
    case 'binary':
      if (isComparison(inner.operator)) return !inner.bool || filters(inner.left) || filters(inner.right);
      if (inner.operator === 'or') return filters(inner.left) && filters(inner.right);
      return /^(?:and|unless)$/.test(inner.operator) || filters(inner.left) || filters(inner.right);
    case 'call':
      if (/^(?:absent|absent_over_time|vector)$/.test(inner.name)) return true;
      return inner.args.some(filters);
    case 'aggregation':
    case 'unary':
    case 'subquery':
      return filters(inner.operand);
    case 'selector':
      return isCondition(inner);
    case 'range':
      return filters(inner.selector);
    case 'number':
    case 'string':
      return false;
    default:
      return true;
  }
}

/** What is recorded may be filtered where it is; an info metric is always 1, and its labels are what is asked for. */
function isCondition(selector: Selector): boolean {
  const metric = metricOf(selector);
  if (metric === null || /:|^ALERTS/.test(metric)) return true;
  return /_(?:info|metadata)$/.test(metric) && selector.matchers.some(({ label }) => label !== 'job');
}
