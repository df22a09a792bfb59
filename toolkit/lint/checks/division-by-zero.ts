import { type BinaryOperation, type Expression, isComparison } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import { ancestorsOf, bare, constantOf } from '../expression-index.ts';
import { counterFunctions } from '../facts/range-functions.ts';

/** Where the divisor is a rate and the alert asks for a low quotient, or for one that a guard in the expression keeps away. */
export const check: Check = {
  code: 'division-by-zero',
  about: 'expression',
  severity: 'notice',
  summary: 'Alert on a quotient whose divisor can be 0',
  why: 'Without traffic the divisor is 0 and the quotient NaN, which is neither above nor below any limit: when everything stops, an alert on a low quotient is silent.',
  hint: 'Alert on the missing traffic as well: `... or sum(rate(requests[5m])) == 0`, or guard with `and sum(rate(requests[5m])) > 0` to say that it is meant.',
  bad: '- alert: FewSuccesses\n  expr: sum(rate(ok_total[5m])) / sum(rate(requests_total[5m])) < 0.9\n  for: 5m\n',
  good: '- alert: FewSuccesses\n  expr: sum(rate(ok_total[5m])) / sum(rate(requests_total[5m])) < 0.9 and sum(rate(requests_total[5m])) > 0\n  for: 5m\n',
  judge: (index) =>
    index.use !== 'alert'
      ? []
      : index.entries('binary').flatMap((entry) => {
          const { node } = entry;
          if (!isLowLimit(node)) return [];
          if (
            ancestorsOf(entry).some(
              ({ node: outer }) => outer.kind === 'binary' && /^(?:and|or|unless)$/.test(outer.operator),
            )
          )
            return [];
          const quotient = bare(node.left);
          if (quotient.kind !== 'binary' || quotient.operator !== '/' || !canBeZero(quotient.right)) return [];
          return [{ text: 'The alert is silent where nothing happens at all.', span: quotient.span }];
        }),
};

function isLowLimit({ operator, right }: BinaryOperation): boolean {
  return isComparison(operator) && /^<=?$/.test(operator) && constantOf(right) !== null;
}

function canBeZero(expression: Expression): boolean {
  const inner = bare(expression);
  if (inner.kind === 'aggregation' && /^(?:sum|avg|max|min)$/.test(inner.operator)) return canBeZero(inner.operand);
  return inner.kind === 'call' && counterFunctions.has(inner.name);
}
