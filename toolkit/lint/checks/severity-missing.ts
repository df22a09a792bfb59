import type { Check } from '../check.ts';
import { alertLabel } from '../facts/alert-labels.ts';

export const check: Check = {
  code: 'severity-missing',
  about: 'rule',
  severity: 'notice',
  summary: 'Alert without a severity',
  why: 'Routes choose by severity who is woken up. An alert without one takes whatever way is left.',
  hint: 'Add `labels: {severity: critical}`, or another one that the routes know.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {severity: critical}\n',
  judge: (rule, context) => {
    if (rule.kind !== 'alert' || alertLabel(rule, 'severity', context).presence === 'present') return [];
    // An alert on other alerts has the severity of those.
    if (/\bALERTS(?:_FOR_STATE)?\b/.test(rule.expression)) return [];
    return [{ text: `${rule.name} does not say how urgent it is.`, pointer: '/alert' }];
  },
};
