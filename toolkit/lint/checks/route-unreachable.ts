import { type Matcher, printMatcher, type Route } from '../../languages/alert-routing/index.ts';
import type { Check, Problem } from '../check.ts';

export const check: Check = {
  code: 'route-unreachable',
  about: 'alertmanager',
  severity: 'warning',
  summary: 'Route that no alert takes',
  why: 'A route above it takes everything that it would take, or its matchers contradict those above them: whoever is meant to hear of it never does.',
  hint: 'Move it up, narrow the route that takes its alerts, or give that one `continue: true`.',
  bad: 'route:\n  receiver: team\n  routes:\n    - matchers: [severity=~"critical|warning"]\n      receiver: team\n    - matchers: [severity="critical", site="plant-1"]\n      receiver: plant\nreceivers:\n  - name: team\n  - name: plant\n',
  good: 'route:\n  receiver: team\n  routes:\n    - matchers: [severity="critical", site="plant-1"]\n      receiver: plant\n    - matchers: [severity=~"critical|warning"]\n      receiver: team\nreceivers:\n  - name: team\n  - name: plant\n',
  judge: ({ config }) => judgeRoute(config.root, []),
};

function judgeRoute(route: Route, above: readonly Matcher[]): readonly Problem[] {
  const matchers = [...above, ...route.matchers];
  return route.routes.flatMap((child, index) => {
    const against = contradiction(child.matchers, matchers);
    if (against !== null) {
      const [own, outer] = against.map(printMatcher);
      return [{ text: `${own} never holds where ${outer} does.`, pointer: child.pointer }];
    }
    const taker = route.routes.slice(0, index).find((sibling) => !sibling.continues && takesAll(sibling, child));
    if (taker === undefined) return judgeRoute(child, matchers);
    const said = taker.matchers.map(printMatcher).join(', ') || 'no matchers';
    return [
      { text: `A route above, with ${said}, takes all of its alerts and does not continue.`, pointer: child.pointer },
    ];
  });
}

/** Every alert that `later` takes, `earlier` takes as well. */
function takesAll(earlier: Route, later: Route): boolean {
  return earlier.matchers.every((wide) =>
    later.matchers.some((narrow) => narrow.label === wide.label && (isSame(narrow, wide) || impliedBy(narrow, wide))),
  );
}

function isSame(left: Matcher, right: Matcher): boolean {
  return left.operator === right.operator && left.value === right.value;
}

function impliedBy(narrow: Matcher, wide: Matcher): boolean {
  return narrow.values !== null && narrow.values.length > 0 && narrow.values.every((value) => wide.accepts(value));
}

function contradiction(own: readonly Matcher[], above: readonly Matcher[]): readonly [Matcher, Matcher] | null {
  for (const [index, matcher] of own.entries()) {
    const others = [...above, ...own.slice(index + 1)].filter(({ label }) => label === matcher.label);
    const against = others.find((other) => excludes(matcher, other) || excludes(other, matcher));
    if (against !== undefined) return [matcher, against];
  }
  return null;
}

function excludes({ values }: Matcher, other: Matcher): boolean {
  return values !== null && values.length > 0 && values.every((value) => !other.accepts(value));
}
