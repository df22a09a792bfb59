import { defineDiagnostics } from '../../diagnostics/index.ts';

export const alertmanagerDiagnostics = defineDiagnostics('alertmanager', {
  'bad-spec': {
    severity: 'error',
    summary: 'Alertmanager object declared in a shape that cannot be written',
    detail: ({ pointer, expected }: { pointer: string; expected: string }) => `${pointer} must be ${expected}.`,
    hint: 'Correct the declaration; an object that the toolkit compiles is always in shape.',
  },
  'unknown-receiver': {
    severity: 'error',
    summary: 'Route to a receiver that is not there',
    detail: ({ receiver, pointer }: { receiver: string; pointer: string }) =>
      `${pointer} names the receiver ${JSON.stringify(receiver)}, and no receiver has that name.`,
    hint: 'Correct the name, or declare the receiver.',
  },
  'unknown-interval': {
    severity: 'error',
    summary: 'Route names a time interval that is not there',
    detail: ({ interval, pointer }: { interval: string; pointer: string }) =>
      `${pointer} names the time interval ${JSON.stringify(interval)}, and none has that name.`,
    hint: 'Correct the name, or declare the interval.',
  },
  'strange-answer': {
    severity: 'error',
    summary: 'Answer that no Alertmanager gives',
    detail: ({ url, reason }: { url: string; reason: string }) => `${url}: ${reason}.`,
    hint: 'Check the url in the binding: something else may answer there.',
  },
});
