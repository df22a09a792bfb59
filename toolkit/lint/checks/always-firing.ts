import type { Expression } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { bare, constantOf } from '../expression-index.ts';

export const check: Check = {
  code: 'always-firing',
  about: 'expression',
  severity: 'warning',
  summary: 'Alert whose condition decides nothing',
  why: '`or vector(...)` puts a series in where the condition left none, and an alert fires for every series whatever its value: it fires either way.',
  hint: 'Write `or vector(0)` inside the comparison: `(sum(x) or vector(0)) == 0`.',
  bad: '- alert: Errors\n  expr: sum(rate(errors_total[5m])) > 1 or vector(0)\n',
  good: '- alert: Errors\n  expr: (sum(rate(errors_total[5m])) or vector(0)) > 1\n',
  judge: (index) => {
    if (index.use !== 'alert') return [];
    const text = whyAlways(index.expression);
    return text === null ? [] : [{ text, span: index.expression.span }];
  },
};

function whyAlways(expression: Expression): string | null {
  const inner = bare(expression);
  if (inner.kind !== 'binary' || inner.operator !== 'or') return null;
  const right = bare(inner.right);
  const isConstant =
    right.kind === 'call' &&
    right.name === 'vector' &&
    right.args[0] !== undefined &&
    constantOf(right.args[0]) !== null;
  return isConstant ? 'Where the condition holds for nothing, vector() fires instead.' : null;
}
