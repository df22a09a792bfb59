import { defineDiagnostics } from '../diagnostics/index.ts';

export const baselineDiagnostics = defineDiagnostics('baseline', {
  'no-threshold': {
    severity: 'error',
    summary: 'Alert without a threshold',
    detail: ({ alert }: { alert: string }) =>
      `${alert} waits for a state, not for a number above or below a threshold, so history has none for it.`,
    hint: 'Name an alert with `above` or `below`, or a signal such as host.memoryAvailable to see its quantiles.',
  },
  'no-signal': {
    severity: 'error',
    summary: 'Nothing measures it here',
    detail: ({ subject, stacks }: { subject: string; stacks: readonly string[] }) =>
      `${subject} is not recorded in ${stacks.join(', ') || 'any stack'}: no item there has a source that gives it.`,
    hint: 'Name a stack that operates items of the class.',
  },
  'unknown-item': {
    severity: 'error',
    summary: 'No such item',
    detail: ({ item, subject }: { item: string; subject: string }) =>
      `There are no samples of ${subject} for an item ${item}.`,
    hint: 'Correct the id given to --item; without it, all items are looked at.',
  },
  'too-little': {
    severity: 'warning',
    summary: 'Too little history',
    detail: ({ item, stack, days, needed }: { item: string; stack: string; days: string; needed: string }) =>
      `Of ${item} in ${stack} there are ${days} of samples that count, and ${needed} are needed, so nothing is proposed.`,
    hint: 'Look at more time with --from, wait, or lower --minimum and say why in the reason.',
  },
  'often-firing': {
    severity: 'warning',
    summary: 'Much of the time left out',
    detail: ({ item, stack, share }: { item: string; stack: string; share: string }) =>
      `Alerts fired for ${item} in ${stack} in ${share} of the time, which was left out as not normal.`,
    hint: 'Where that is how it works, and the threshold is what is wrong, count that time with --keep-firing.',
  },
  'not-recorded': {
    severity: 'notice',
    summary: 'Incidents could not be left out',
    detail: ({ stack }: { stack: string }) =>
      `The Prometheus of ${stack} has no ALERTS of that time, so what went wrong then counts as normal.`,
    hint: 'Look at the numbers before you take them.',
  },
  'not-placed': {
    severity: 'warning',
    summary: 'No place for it in the source',
    detail: ({ item, alert, reason }: { item: string; alert: string; reason: string }) =>
      `The threshold of ${alert} for ${item} was not put into the patch: ${reason}.`,
    hint: 'Write the .tune(...) by hand, with the baseline that is shown.',
  },
});
