import { defineDiagnostics } from '../../diagnostics/index.ts';

/** What is wrong with a silence that a stack declares. */
export const silenceDiagnostics = defineDiagnostics('silence', {
  'ends-before-it-begins': {
    severity: 'error',
    summary: 'Silence that ends before it begins',
    detail: ({ change, from, until }: { change: string; from: string; until: string }) =>
      `The silence of ${change} begins at ${from} and ends at ${until}.`,
    hint: 'Correct from or until; mind the offsets.',
  },
  'declared-twice': {
    severity: 'error',
    summary: 'Two silences of one change',
    detail: ({ stack, change }: { stack: string; change: string }) =>
      `${stack} has two silences of ${change} that nothing tells apart.`,
    hint: 'Give each a name: { name: "database", ... }.',
  },
  'hides-nothing': {
    severity: 'error',
    summary: 'Silence that no alert fits',
    detail: ({ stack, change }: { stack: string; change: string }) =>
      `No alert of ${stack} has the labels that the silence of ${change} asks for.`,
    hint: 'Correct the labels; `opsctl explain` of a rule file names its alerts. Alerts of another control point are silenced there.',
  },
  'hides-watchdog': {
    severity: 'error',
    summary: 'Silence that hides the Watchdog',
    detail: ({ stack, change }: { stack: string; change: string }) =>
      `The silence of ${change} fits the alert Watchdog of ${stack} too: whoever waits for it believes that all of ${stack} is broken.`,
    hint: 'Name the items or the alerts that are meant.',
  },
  'bad-pattern': {
    severity: 'error',
    summary: 'Pattern of a silence that Alertmanager cannot read',
    detail: ({ change, reason }: { change: string; reason: string }) => `In the silence of ${change}, ${reason}.`,
    hint: 'Write the pattern as RE2 has it; it is matched against the whole label.',
  },
});
