import { type Expression, isComparison } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare } from '../expression-index.ts';

/** Only where single samples decide: what looks over a range has its waiting inside. */
export const check: Check = {
  code: 'for-missing',
  about: 'rule',
  severity: 'notice',
  summary: 'Alert on a single sample',
  why: 'One late or odd sample fires it, and the next one resolves it.',
  hint: 'Add `for:` with the time that the condition has to last, or compare an average over some minutes.',
  bad: '- alert: Down\n  expr: up == 0\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n',
  judge: (rule, context) => {
    if (rule.kind !== 'alert' || rule.forMs > 0) return [];
    const index = context.indexOf(rule.expression, 'alert');
    if (index === null || index.entries('range').length > 0 || index.entries('subquery').length > 0) return [];
    if (!comparesSamples(index.expression) || /_timestamp_seconds|time\(\)|:|ALERTS/.test(rule.expression)) return [];
    return [{ text: `${rule.name} fires as soon as one evaluation finds it.` }];
  },
};

function comparesSamples(expression: Expression): boolean {
  const inner = bare(expression);
  if (inner.kind !== 'binary') return false;
  return isComparison(inner.operator) || comparesSamples(inner.left);
}
