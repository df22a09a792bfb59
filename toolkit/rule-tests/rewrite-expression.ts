import type { Expression, LabelMatcher, RangeSelector, Selector } from '../languages/promql/index.ts';

/** A copy in which `change` has replaced parts; what it gives null for is looked into further. */
export function rewriteExpression(expression: Expression, change: (part: Expression) => Expression | null): Expression {
  const changed = change(expression);
  if (changed !== null) return changed;
  const again = (part: Expression) => rewriteExpression(part, change);
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return expression;
    case 'range': {
      const selector = again(expression.selector);
      return selector.kind === 'selector' ? { ...expression, selector } : expression;
    }
    case 'subquery':
    case 'parentheses':
    case 'unary':
      return { ...expression, operand: again(expression.operand) };
    case 'call':
      return { ...expression, args: expression.args.map(again) };
    case 'aggregation': {
      const parameter = expression.parameter === null ? null : again(expression.parameter);
      return { ...expression, parameter, operand: again(expression.operand) };
    }
    case 'binary':
      return { ...expression, left: again(expression.left), right: again(expression.right) };
    default:
      return expression satisfies never;
  }
}

export function withoutMatcher(expression: Expression, dropped: LabelMatcher): Expression {
  return rewriteExpression(expression, (part) =>
    part.kind === 'selector'
      ? { ...part, matchers: part.matchers.filter((matcher) => !isSameMatcher(matcher, dropped)) }
      : null,
  );
}

export function isSameMatcher(left: LabelMatcher, right: LabelMatcher): boolean {
  return left.label === right.label && left.operator === right.operator && left.value === right.value;
}

/** Different matchers of an expression, each once, in the order of the text. */
export function matchersOf(selectors: readonly Selector[]): readonly LabelMatcher[] {
  const matchers: LabelMatcher[] = [];
  for (const matcher of selectors.flatMap((selector) => selector.matchers)) {
    if (!matchers.some((known) => isSameMatcher(known, matcher))) matchers.push(matcher);
  }
  return matchers;
}

export function withRange(range: RangeSelector, ms: number): RangeSelector {
  return { ...range, range: { kind: 'fixed', ms } };
}
