import type { Check } from '../check.ts';

export const check: Check = {
  code: 'instance-fixed',
  about: 'expression',
  severity: 'notice',
  summary: 'One instance written into an expression',
  why: 'The machine is replaced some day, and the alert watches an address that nobody has any more, without a word.',
  hint: 'Select by what it is for (job, role, cluster), and let the labels say which one it was.',
  bad: '- alert: DatabaseDown\n  expr: up{instance="10.0.0.7:9187"} == 0\n  for: 5m\n',
  good: '- alert: DatabaseDown\n  expr: up{job="postgres"} == 0\n  for: 5m\n',
  judge: (index) =>
    index
      .entries('selector')
      .flatMap(({ node }) =>
        node.matchers
          .filter(({ label, operator, value }) => label === 'instance' && operator === '=' && /[.:]\d/.test(value))
          .map(({ value, span }) => ({ text: `It looks at ${value} and at nothing else.`, span, found: value })),
      ),
};
