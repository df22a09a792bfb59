import type { ChildEnd } from './child-process.ts';
import { type DenialKind, denialOf, printable, type SandboxDenial } from './denial.ts';

/** Why there is no answer, from how the process ended and what Node said last. */
export function describeEnd(end: ChildEnd, errorText: string, file: string | undefined): SandboxDenial {
  const kind = kindOfEnd(end, errorText);
  return denialOf(kind, messages[kind], { found: printable(howItEnded(end)), ...(file === undefined ? {} : { file }) });
}

const messages = {
  'out-of-memory': 'The sandbox ran out of memory.',
  'timed-out': 'The sandbox used up its processor time.',
  exited: 'The sandbox ended without an answer.',
} satisfies Partial<Record<DenialKind, string>>;

function kindOfEnd(end: ChildEnd, errorText: string): keyof typeof messages {
  if (/out of memory|bad_alloc/i.test(errorText)) return 'out-of-memory';
  return end.signal === 'SIGXCPU' ? 'timed-out' : 'exited';
}

function howItEnded({ code, signal, failure }: ChildEnd): string {
  if (failure !== undefined) return failure.message;
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
