import type { Check } from '../check.ts';

export const check: Check = {
  code: 'alertmanager-refused',
  about: 'alertmanager',
  severity: 'error',
  summary: 'Alertmanager would not load this',
  why: 'After a reload it goes on with the former configuration, and after a restart it does not come up: nobody is told anything.',
  hint: 'Correct what is said here; `amtool check-config` says the same.',
  bad: 'route: {receiver: team, group_wait: soon}\nreceivers:\n  - name: team\n',
  good: 'route: {receiver: team, group_wait: 30s}\nreceivers:\n  - name: team\n',
  judge: ({ findings }) =>
    findings
      .filter(({ weight }) => weight === 'refused')
      .map(({ text, pointer, at, expected }) => ({
        text,
        pointer,
        ...(at === 'key' ? { at } : {}),
        ...(expected === undefined ? {} : { expected }),
      })),
};
