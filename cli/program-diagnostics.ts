import { defineDiagnostics } from '../toolkit/diagnostics/index.ts';

interface UsageFacts {
  readonly problem: string;
  readonly hint: string;
}

/** What the program itself has to say, apart from any command. */
export const opsctlDiagnostics = defineDiagnostics('opsctl', {
  usage: {
    severity: 'error',
    summary: 'Wrong usage',
    detail: ({ problem }: UsageFacts) => problem,
    hint: ({ hint }: UsageFacts) => hint,
  },
  'output-lost': {
    severity: 'error',
    summary: 'Output that could not be written',
    detail: ({ reason }: { reason: string }) => `What the command had to say was not all written: ${reason}.`,
    hint: 'The command itself went on to its end. Make room, and look with `opsctl plan` and `opsctl state list`.',
  },
  bug: {
    severity: 'error',
    summary: 'This is a bug in opsctl',
    detail: ({ stack }: { stack: string }) => stack,
    hint: 'Run `opsctl doctor` before you go on; report the bug with the lines above and the command line.',
  },
});
