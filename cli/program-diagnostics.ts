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
  bug: {
    severity: 'error',
    summary: 'This is a bug in opsctl',
    detail: ({ stack }: { stack: string }) => stack,
    hint: 'Run `opsctl doctor` before you go on; report the bug with the lines above and the command line.',
  },
});
