import type { Check } from '../check.ts';

const tells = /^(?:summary|description|message|title)(?:_\w+)?$/;

export const check: Check = {
  code: 'summary-missing',
  about: 'rule',
  severity: 'notice',
  summary: 'Alert that says nothing in words',
  why: 'Who is woken up reads the name of the alert and has to guess the rest.',
  hint: 'Add an annotation summary with what is wrong and where.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  annotations: {summary: "{{ $labels.instance }} is down"}\n',
  judge: ({ kind, name, annotations }) =>
    kind === 'alert' && !Object.entries(annotations).some(([field, text]) => tells.test(field) && text.trim() !== '')
      ? [{ text: `${name} has neither a summary nor a description.`, pointer: '/alert' }]
      : [],
};
