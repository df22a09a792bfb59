import type { Matcher, Route } from '../../languages/alert-routing/index.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../lint-input.ts';
import { sentLabel } from './alert-labels.ts';

/** Routes by which an alert may be told, its labels being known in part: none that it takes is missing. */
export function mayTake(root: Route, rule: Rule, context: LintContext): readonly Route[] {
  const taken: Route[] = [];
  let isTaken = false;
  for (const child of root.routes) {
    const certainty = take(child.matchers, rule, context);
    if (certainty === 'no') continue;
    taken.push(...mayTake(child, rule, context));
    isTaken ||= certainty === 'yes';
    if (certainty === 'yes' && !child.continues) return taken;
  }
  // It tells itself where no child takes the alert for certain.
  if (!isTaken) taken.push(root);
  return taken;
}

type Certainty = 'yes' | 'no' | 'maybe';

export function take(matchers: readonly Matcher[], rule: Rule, context: LintContext): Certainty {
  let certainty: Certainty = 'yes';
  for (const matcher of matchers) {
    const one = holds(matcher, rule, context);
    if (one === 'no') return 'no';
    if (one === 'maybe') certainty = 'maybe';
  }
  return certainty;
}

function holds(matcher: Matcher, rule: Rule, context: LintContext): Certainty {
  const fact = sentLabel(rule, matcher.label, context);
  if (fact.presence === 'absent') return matcher.accepts('') ? 'yes' : 'no';
  if (fact.presence === 'possible' || fact.value === null) return 'maybe';
  return matcher.accepts(fact.value) ? 'yes' : 'no';
}
