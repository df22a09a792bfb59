import { printSpan } from '../../diagnostics/index.ts';
import type { Check } from '../check.ts';
import type { Rule } from '../lint-input.ts';

export const check: Check = {
  code: 'same-condition',
  about: 'everything',
  severity: 'notice',
  summary: 'Two alerts on the same condition',
  why: 'One fault tells twice, under two names, and both have to be acknowledged, silenced and looked up.',
  hint: 'Keep one; where two severities are meant, let them differ in limit or time.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {severity: critical}\n- alert: TargetDown\n  expr: up == 0\n  for: 5m\n  labels: {severity: critical}\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  labels: {severity: critical}\n- alert: DownLong\n  expr: up == 0\n  for: 1h\n  labels: {severity: critical}\n',
  judge: ({ rules }) => {
    const first = new Map<string, Rule>();
    return rules.flatMap((rule) => {
      if (rule.kind !== 'alert') return [];
      const key = `${rule.forMs} ${rule.labels.severity ?? ''} ${rule.expression.replaceAll(/\s+/g, '')}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, rule);
      if (earlier === undefined || earlier.name === rule.name) return [];
      const at = printSpan(earlier.document.positionOf(earlier.pointer));
      return [{ place: rule, text: `${rule.name} has the condition, time and severity of ${earlier.name} at ${at}.` }];
    });
  },
};
