import { defineDiagnostics } from '../../diagnostics/index.ts';

interface HolderFacts {
  readonly stack: string;
  readonly environment: string;
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  readonly command: string;
  readonly since: string;
  readonly heartbeat: string;
}

function unlock({ stack, environment }: { readonly stack: string; readonly environment: string }): string {
  return `\`opsctl state unlock --stack ${stack} --environment ${environment}\``;
}

export const lockDiagnostics = defineDiagnostics('lock', {
  held: {
    severity: 'error',
    summary: 'Stack is locked',
    detail: (facts: HolderFacts) =>
      `${facts.user} runs \`${facts.command}\` on stack ${facts.stack} in ${facts.environment} since ${facts.since} (process ${facts.pid} on ${facts.host}, last heartbeat ${facts.heartbeat}).`,
    hint: (facts: HolderFacts) => `Wait for it (\`--lock-timeout 5m\`). If you know that it is dead: ${unlock(facts)}.`,
  },
  ahead: {
    severity: 'error',
    summary: 'Lock has a heartbeat from the future',
    detail: (facts: HolderFacts) =>
      `${facts.user} runs \`${facts.command}\` on stack ${facts.stack} in ${facts.environment} (process ${facts.pid} on ${facts.host}), by a heartbeat of ${facts.heartbeat}, which is still to come: a clock is wrong, or the lock was written by hand.`,
    hint: (facts: HolderFacts) =>
      `Set the clocks right. \`--lock-timeout 5m\` waits, and takes the lock over when its heart does not beat meanwhile; ${unlock(facts)} takes it away.`,
  },
  unreadable: {
    severity: 'error',
    summary: 'Lock cannot be read',
    detail: (facts: { stack: string; environment: string; problem: string }) =>
      `The lock of stack ${facts.stack} in ${facts.environment} is no lease: it has ${facts.problem}.`,
    hint: (facts: { stack: string; environment: string }) =>
      `Make sure that nobody works on the stack, then run ${unlock(facts)}.`,
  },
  'taken-away': {
    severity: 'warning',
    summary: 'A lock was taken away',
    detail: (facts: { stack: string; environment: string; holder: string }) =>
      `The lock of stack ${facts.stack} in ${facts.environment} was held by ${facts.holder}.`,
    hint: 'A run that still goes on stops before its next step. The next plan finds what it has left.',
  },
  lost: {
    severity: 'error',
    summary: 'Lock was taken away',
    detail: (facts: { stack: string; environment: string; by: string }) =>
      `While this run worked on stack ${facts.stack} in ${facts.environment}, its lock was taken: ${facts.by}. The run stopped before its next step.`,
    hint: 'Plan again: what this run had done is in the journal.',
  },
});
