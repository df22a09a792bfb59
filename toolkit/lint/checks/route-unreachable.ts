import { findShadowedRoutes, printMatcher, type ShadowedRoute } from '../../languages/alert-routing/index.ts';
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
  judge: ({ config }) => findShadowedRoutes(config.root).map(describe),
};

function describe({ route, because }: ShadowedRoute): Problem {
  const own = route.matchers.map(printMatcher).join(', ') || 'no matchers';
  if (because.kind === 'contradiction') {
    return {
      text: `With ${own}, no value of ${because.label} is left that the routes above it let through.`,
      pointer: route.pointer,
    };
  }
  const takers = because.by.map(({ matchers }) => matchers.map(printMatcher).join(', ') || 'no matchers');
  const said =
    takers.length === 1
      ? `A route above, with ${takers.join('')}, takes`
      : `Routes above, with ${takers.join('; with ')}, take`;
  return {
    text: `${said} all of its alerts and ${takers.length === 1 ? 'does' : 'do'} not continue.`,
    pointer: route.pointer,
  };
}
