import { defineDiagnostics } from '../../diagnostics/index.ts';

export const prometheusDiagnostics = defineDiagnostics('prometheus', {
  'bad-spec': {
    severity: 'error',
    summary: 'Prometheus object declared in a shape that cannot be written',
    detail: ({ pointer, expected }: { pointer: string; expected: string }) => `${pointer} must be ${expected}.`,
    hint: 'Correct the declaration; an object that the toolkit compiles is always in shape.',
  },
  'strange-answer': {
    severity: 'error',
    summary: 'Answer that no Prometheus gives',
    detail: ({ url, reason }: { url: string; reason: string }) => `${url}: ${reason}.`,
    hint: 'Check the url in the binding: something else may answer there.',
  },
  'duplicate-job': {
    severity: 'error',
    summary: 'Two scrape jobs have the same name',
    detail: ({ job }: { job: string }) => `The name ${JSON.stringify(job)} is used by more than one scrape job.`,
    hint: 'Rename one of them; Prometheus refuses a configuration with both.',
  },
  'bad-label': {
    severity: 'error',
    summary: 'Name that Prometheus does not take for a label',
    detail: ({ label, pointer }: { label: string; pointer: string }) => `${JSON.stringify(label)} at ${pointer}.`,
    hint: 'Use letters, digits and underscores, and do not begin with a digit.',
  },
  'bad-duration': {
    severity: 'error',
    summary: 'Text that is no duration',
    detail: ({ text, pointer }: { text: string; pointer: string }) => `${JSON.stringify(text)} at ${pointer}.`,
    hint: 'Write it as Prometheus does: 30s, 5m, 1h30m.',
  },
});
