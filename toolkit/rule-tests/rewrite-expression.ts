import {
  type Expression,
  type LabelMatcher,
  type RangeSelector,
  rewriteExpression,
  type Selector,
} from '../languages/promql/index.ts';

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
