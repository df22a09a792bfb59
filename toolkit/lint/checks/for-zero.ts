import type { Check } from '../check.ts';
import { mappingsIn } from '../read/fields.ts';

export const check: Check = {
  code: 'for-zero',
  about: 'rule-file',
  severity: 'notice',
  summary: 'Waiting time of nothing',
  why: '`for: 0m` is what holds without it, and looks as if somebody had thought about it.',
  hint: 'Take the line away, or write how long the condition has to last.',
  bad: '- alert: Reloaded\n  expr: changes(reloads[5m]) > 2\n  for: 0m\n',
  good: '- alert: Reloaded\n  expr: changes(reloads[5m]) > 2\n',
  judge: ({ value }) =>
    mappingsIn(value.groups).flatMap(([index, group]) =>
      mappingsIn(group.rules).flatMap(([number, rule]) =>
        ['for', 'keep_firing_for']
          .filter((name) => /^0(?:[a-z]+)?$/.test(String(rule[name] ?? '')))
          .map((name) => ({
            text: `${name} is ${String(rule[name])}.`,
            pointer: `/groups/${index}/rules/${number}/${name}`,
            at: 'key' as const,
          })),
      ),
    ),
};
