import type { Check } from '../check.ts';

/** Where no alert of a file has one, nobody keeps runbooks there, and one finding for the file says so. */
export const check: Check = {
  code: 'runbook-missing',
  about: 'rule-file',
  severity: 'notice',
  summary: 'Alert without a runbook',
  why: 'At night, whoever is on call needs the steps and not the theory.',
  hint: 'Add an annotation runbook_url that leads to the page with the steps.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  annotations: {runbook_url: "https://runbooks.example.com/Down"}\n',
  judge: ({ groups, pointer }) => {
    const alerts = groups.flatMap(({ rules }) => rules.filter(({ kind }) => kind === 'alert'));
    const without = alerts.filter(
      ({ annotations }) => !Object.keys(annotations).some((name) => /runbook|playbook/i.test(name)),
    );
    const [first] = without;
    if (first === undefined) return [];
    const below = (rule: typeof first) => `${rule.pointer.slice(pointer.length)}/alert`;
    if (without.length === alerts.length && alerts.length > 1)
      return [{ text: `None of the ${alerts.length} alerts of the file has a runbook.`, pointer: below(first) }];
    return without.map((rule) => ({ text: `${rule.name} has no runbook.`, pointer: below(rule) }));
  },
};
