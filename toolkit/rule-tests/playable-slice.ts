import { longestRange } from './find-scenes.ts';
import type { Rule } from './read-rules.ts';
import { sliceRules } from './rule-slice.ts';

const longestPlayedMs = 86_400_000;

/**
 * What the rule depends on. Of rules that record over days, such as those of error budgets, a test gives what they record:
 * it would otherwise have to last as long as they look back.
 */
export function playableSlice(rule: Rule, ofStack: readonly Rule[]): readonly Rule[] {
  const slice = sliceRules([rule], ofStack, { alertsAreInput: true });
  const others = slice.filter((member) => member !== rule).map(({ expression }) => expression);
  return longestRange(others) > longestPlayedMs ? [rule] : slice;
}
