import type { BinaryOperation, ComparisonOperator, Expression, NumberLiteral } from '../languages/promql/index.ts';
import { isComparison } from '../languages/promql/index.ts';
import { type Alert, parseDuration } from '../model/index.ts';
import type { PlayedRule } from './play-rules.ts';
import type { Rule } from './read-rules.ts';

/** What content says of an alert; its compiled rule is tested against this. */
export type DeclaredAlert = Pick<Alert, 'name' | 'class' | 'when' | 'for' | 'severity' | 'samples' | 'source'>;

/**
 * The rule as it was declared: with the threshold, the direction, the waiting time and the severity of the alert in the
 * place of those that were compiled, so that a test does not repeat what the rule happens to say. Items that are tuned
 * have what their own rule says, as has a rule that nothing declares.
 */
export function declaredRule(rule: Rule, declared: DeclaredAlert | undefined, isPaced: boolean): PlayedRule {
  if (declared === undefined || declared.class !== rule.file.name) return rule;
  const isCommon = commonComparison(rule.expression) !== null;
  return {
    kind: 'alert',
    name: rule.name,
    expression: withCondition(rule.expression, declared.when),
    // Where waiting runs faster than declared, how much faster is the compiler's business.
    forMs: isCommon && !isPaced ? (parseDuration(declared.for) ?? rule.forMs) : rule.forMs,
    labels: isCommon ? { ...rule.labels, severity: declared.severity } : rule.labels,
  };
}

/** The comparison with a number by which items without a tuning are judged. */
function commonComparison(expression: Expression): (BinaryOperation & { readonly right: NumberLiteral }) | null {
  if (expression.kind !== 'binary') return null;
  if (expression.operator === 'or') return commonComparison(expression.left);
  const { right } = expression;
  return isComparison(expression.operator) && right.kind === 'number' ? { ...expression, right } : null;
}

function withCondition(expression: Expression, when: Alert['when']): Expression {
  if (expression.kind !== 'binary') return expression;
  if (expression.operator === 'or') {
    const [left, right] = [expression.left, expression.right].map((side) => withCondition(side, when));
    return left === undefined || right === undefined ? expression : { ...expression, left, right };
  }
  if (!isComparison(expression.operator)) return expression;
  const [operator, value] = conditionOf(when);
  const right = expression.right.kind === 'number' ? { ...expression.right, value } : expression.right;
  return { ...expression, operator, right };
}

function conditionOf(when: Alert['when']): readonly [ComparisonOperator, number] {
  if ('above' in when) return ['>', when.above];
  return 'below' in when ? ['<', when.below] : ['==', when.equals];
}
