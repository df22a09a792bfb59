import { defineDiagnostics } from '../diagnostics/index.ts';

interface Run {
  /** Program and arguments, as they would be typed. */
  readonly command: string;
}

export const programDiagnostics = defineDiagnostics('program', {
  'not-found': {
    severity: 'error',
    summary: 'Program not found',
    detail: ({ command }: Run) => `${command} is neither a file that can be run nor on PATH.`,
    hint: 'Install it, or correct its path in the binding.',
  },
  'cannot-start': {
    severity: 'error',
    summary: 'Program cannot be started',
    detail: ({ command, reason }: Run & { reason: string }) => `${command}: ${reason}.`,
    hint: 'See that this user may run it and that it is made for this machine.',
  },
  timeout: {
    severity: 'error',
    summary: 'Program does not end in time',
    detail: ({ command, timeoutMs }: Run & { timeoutMs: number }) =>
      `${command} was stopped after ${timeoutMs / 1000} s.`,
    hint: 'Run it by hand to see what it waits for, or raise timeoutMs in the binding.',
  },
  interrupted: {
    severity: 'error',
    summary: 'Interrupted while a program ran',
    detail: ({ command }: Run) => `${command} was stopped.`,
    hint: 'Run the command again.',
  },
});
