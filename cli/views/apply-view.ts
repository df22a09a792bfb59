import type { ApplyResult, ChangeOutcome, SkipReason } from '../../toolkit/engine/engine.ts';
import type { Plan } from '../../toolkit/plan/plan.ts';
import type { Terminal, View } from '../output/view.ts';

export interface ApplyViewInput {
  readonly plan: Plan;
  readonly result: ApplyResult;
}

/** What became of the plan: what was done in one line, what was not one by one. */
export const applyView: View<ApplyViewInput> = {
  human({ result }, terminal) {
    const { paint, isVerbose } = terminal;
    const { outcomes, health, interrupted } = result;
    const done = outcomes.filter(({ status }) => status === 'done');
    const undone = outcomes.filter(({ status }) => status !== 'done');
    const listed = isVerbose ? outcomes : undone;
    const unhealthy = health.filter(({ healthy }) => !healthy);
    const verdict = verdictOf(done.length, undone.length + unhealthy.length, terminal);
    return [
      ...listed.map((outcome) => describeOutcome(outcome, terminal)),
      ...unhealthy.map(({ address, detail }) => `  ${paint('red', '!')} ${address}: ${detail}`),
      `${verdict}: ${done.length} of ${outcomes.length} changes done${countUndone(undone)}${describeHealth(result)}.`,
      ...(interrupted ? ['It was interrupted; run the command again to go on.'] : []),
      '',
    ].join('\n');
  },
  events: ({ plan, result: { outcomes, health, interrupted } }) => [
    {
      event: 'applied',
      plan: plan.digest,
      done: outcomes.filter(({ status }) => status === 'done').length,
      failed: outcomes.filter(({ status }) => status === 'failed').length,
      skipped: outcomes.filter(({ status }) => status === 'skipped').length,
      healthy: health.filter(({ healthy }) => healthy).length,
      unhealthy: health.filter(({ healthy }) => !healthy).map(({ address, detail }) => ({ address, detail })),
      interrupted,
    },
  ],
};

function verdictOf(done: number, amiss: number, { paint }: Terminal): string {
  if (amiss === 0) return paint('green', 'Applied');
  return paint('red', done === 0 ? 'Not applied' : 'Applied in part');
}

function describeOutcome(outcome: ChangeOutcome, { paint }: Terminal): string {
  const { address, action } = outcome;
  switch (outcome.status) {
    case 'done':
      return `  ${paint('green', '+')} ${action} ${address}`;
    case 'failed':
      return `  ${paint('red', '!')} ${action} ${address} failed: ${outcome.diagnostic.detail}`;
    case 'skipped':
      return `  ${paint('yellow', '-')} ${action} ${address} skipped: ${reasonOf(outcome.because)}`;
    default:
      return outcome satisfies never;
  }
}

function reasonOf(because: SkipReason): string {
  switch (because.kind) {
    case 'dependency-failed':
      return `${because.address}, which it waits for, failed`;
    case 'interrupted':
      return 'the run was interrupted';
    case 'target-refused':
      return `${because.target} refused a change before it`;
    case 'run-stopped':
      return 'the run stopped before it';
    default:
      return because satisfies never;
  }
}

function countUndone(undone: readonly ChangeOutcome[]): string {
  const failed = undone.filter(({ status }) => status === 'failed').length;
  const skipped = undone.length - failed;
  return `${failed === 0 ? '' : `, ${failed} failed`}${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function describeHealth({ health }: ApplyResult): string {
  if (health.length === 0) return '';
  const healthy = health.filter((report) => report.healthy).length;
  return healthy === health.length
    ? '; all of it works'
    : `; ${health.length - healthy} of ${health.length} objects do not work yet`;
}
