import type { Check } from '../check.ts';

export const check: Check = {
  code: 'alertmanager-doubtful',
  about: 'alertmanager',
  severity: 'notice',
  summary: 'Alertmanager loads this, and it is probably not meant',
  why: 'match, match_re and mute_time_intervals at the top are on their way out, and some spellings mean something else in newer releases.',
  hint: 'Write matchers: [severity="critical"] instead of match, and time_intervals instead of mute_time_intervals.',
  bad: 'route:\n  receiver: team\n  routes:\n    - match: {severity: info}\n      receiver: quiet\nreceivers:\n  - name: team\n  - name: quiet\n',
  good: 'route:\n  receiver: team\n  routes:\n    - matchers: [severity="info"]\n      receiver: quiet\nreceivers:\n  - name: team\n  - name: quiet\n',
  judge: ({ findings }) =>
    findings
      .filter(({ weight }) => weight === 'doubtful')
      .map(({ text, pointer, at, expected }) => ({
        text,
        pointer,
        ...(at === 'key' ? { at } : {}),
        ...(expected === undefined ? {} : { expected }),
      })),
};
