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

export const lockDiagnostics = defineDiagnostics('lock', {
  held: {
    severity: 'error',
    summary: 'Stack is locked',
    detail: (facts: HolderFacts) =>
      `${facts.user} runs \`${facts.command}\` on stack ${facts.stack} in ${facts.environment} since ${facts.since} (process ${facts.pid} on ${facts.host}, last heartbeat ${facts.heartbeat}).`,
    hint: (facts: HolderFacts) =>
      `Wait for it (\`--lock-timeout 5m\`). If you know that it is dead: \`opsctl state unlock --stack ${facts.stack}\`.`,
  },
  unreadable: {
    severity: 'error',
    summary: 'Lock cannot be read',
    detail: (facts: { stack: string; environment: string }) =>
      `The lock of stack ${facts.stack} in ${facts.environment} holds something that is no lease.`,
    hint: (facts: { stack: string }) =>
      `Make sure that nobody works on the stack, then run \`opsctl state unlock --stack ${facts.stack}\`.`,
  },
  lost: {
    severity: 'error',
    summary: 'Lock was taken away',
    detail: (facts: { stack: string; environment: string; by: string }) =>
      `While this run worked on stack ${facts.stack} in ${facts.environment}, its lock was taken: ${facts.by}. The run stopped before its next step.`,
    hint: 'Plan again: what this run had done is in the journal.',
  },
});
