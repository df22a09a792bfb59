import { metricOf, type Selector } from '../../languages/promql/index.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';

/** All selectors that a rule depends on: its own, and those behind the series that other rules record for it. */
export function selectorsBehind(rule: Rule, context: LintContext): readonly Selector[] {
  const found: Selector[] = [];
  const seen = new Set<Rule>();
  const waiting: Rule[] = [rule];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const selector of selectorsOf(next, context)) {
      found.push(selector);
      waiting.push(...(context.recorded.get(metricOf(selector) ?? '') ?? []));
    }
  }
  return found;
}

export function selectorsOf({ expression, kind }: Rule, context: LintContext): readonly Selector[] {
  return (context.indexOf(expression, kind)?.entries('selector') ?? []).map(({ node }) => node);
}
