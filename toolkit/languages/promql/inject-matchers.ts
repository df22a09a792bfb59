import type { Expression, LabelMatcher, Selector } from './expression.ts';
import { mapSelectors } from './walk-expression.ts';

/** A matcher to add; its place is that of the selector. */
export type InjectedMatcher = Omit<LabelMatcher, 'span'>;

/**
 * Adds matchers to every selector, such as `tenant="a"`. What the author wrote stays, so the result never takes more than
 * before: `up{tenant="b"}` becomes `up{tenant="b", tenant="a"}`, which takes nothing. A matcher that is there already is
 * not added again. `where`: selectors that are meant, all without it.
 */
export function injectMatchers(
  expression: Expression,
  matchers: readonly InjectedMatcher[],
  where: (selector: Selector) => boolean = () => true,
): Expression {
  return mapSelectors(expression, (selector) => (where(selector) ? withMatchers(selector, matchers) : selector));
}

function withMatchers(selector: Selector, matchers: readonly InjectedMatcher[]): Selector {
  const added = matchers.filter((matcher) => !selector.matchers.some((present) => isSame(present, matcher)));
  return {
    ...selector,
    matchers: [...selector.matchers, ...added.map((matcher) => ({ ...matcher, span: selector.span }))],
  };
}

function isSame(left: InjectedMatcher, right: InjectedMatcher): boolean {
  return left.label === right.label && left.operator === right.operator && left.value === right.value;
}
