import type { AlertmanagerConfig, Matcher, Route } from '../../languages/alert-routing/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'severity-unrouted',
  about: 'rule',
  severity: 'warning',
  summary: 'Severity that no route knows',
  why: 'The routes choose by severity, and this one is in none of them: a spelling mistake sends a critical alert to the mailbox for the rest.',
  hint: 'Use a severity that the routes have, or add it to them.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {severity: citical}\n---\nroute:\n  receiver: team\n  routes:\n    - matchers: [severity="critical"]\n      receiver: duty\n    - matchers: [alertname!=""]\n      receiver: team\nreceivers:\n  - name: team\n  - name: duty\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {severity: critical}\n---\nroute:\n  receiver: team\n  routes:\n    - matchers: [severity="critical"]\n      receiver: duty\n    - matchers: [alertname!=""]\n      receiver: team\nreceivers:\n  - name: team\n  - name: duty\n',
  judge: (rule, { input }) => {
    const severity = rule.labels.severity;
    if (rule.kind !== 'alert' || severity === undefined || severity.includes('{{')) return [];
    const asked = input.alertmanagers.flatMap(({ config }) => severityMatchers(config));
    if (asked.length === 0 || asked.some((matcher) => matcher.accepts(severity))) return [];
    const values = [...new Set(asked.flatMap(({ values: accepted }) => accepted ?? []))];
    const expected = values.length === 0 ? {} : { expected: values.join(', ') };
    return [
      {
        text: `Nothing in Alertmanager asks for the severity ${severity}.`,
        pointer: '/labels/severity',
        ...expected,
        found: severity,
      },
    ];
  },
};

/** Every rule asks the same of the same configurations. */
const known = new WeakMap<AlertmanagerConfig, readonly Matcher[]>();

function severityMatchers(config: AlertmanagerConfig): readonly Matcher[] {
  const matchers = known.get(config) ?? findSeverityMatchers(config);
  known.set(config, matchers);
  return matchers;
}

function findSeverityMatchers({ root, inhibitRules }: AlertmanagerConfig): readonly Matcher[] {
  const routed = matchersOf(root);
  const inhibited = inhibitRules.flatMap(({ source, target }) => [...source, ...target]);
  return [...routed, ...inhibited].filter(({ label, operator }) => label === 'severity' && /^=~?$/.test(operator));
}

function matchersOf(route: Route): readonly Matcher[] {
  return [...route.matchers, ...route.routes.flatMap(matchersOf)];
}
