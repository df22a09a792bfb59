import { counted, groupThousands } from '../../toolkit/diagnostics/index.ts';
import type { ApplyResult, ChangeOutcome, SkipReason } from '../../toolkit/engine/engine.ts';
import { addressFields, type HealthReport } from '../../toolkit/model/index.ts';
import type { Plan } from '../../toolkit/plan/plan.ts';
import type { Terminal, View } from '../output/view.ts';

export interface ApplyViewInput {
  readonly plan: Plan;
  readonly result: ApplyResult;
  /** What the targets said when they accepted the changes: written, checked, reloaded or not, and why not. */
  readonly commits: readonly AcceptedCommit[];
}

export interface AcceptedCommit {
  readonly stack: string;
  readonly target: string;
  readonly note: string;
}

/** What became of the plan: what was done in one line, what was not one by one. */
export const applyView: View<ApplyViewInput> = {
  human({ plan, result, commits }, terminal) {
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
      ...describeInPlace(plan, result, commits, terminal),
      `${verdict}: ${countDone(done.length, outcomes.length, commits)}${countUndone(undone)}${describeHealth(result)}.`,
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
      inPlaceOnly: health.filter(isInPlaceOnly).length,
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
      // The diagnostic itself is told once, however many changes failed by it.
      return `  ${paint('red', '!')} ${action} ${address} failed: ${outcome.diagnostic.summary}`;
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

function countDone(done: number, all: number, commits: readonly AcceptedCommit[]): string {
  if (all === 0 && commits.length > 0)
    return `nothing had to be changed, ${commits.map(({ stack, target, note }) => `${target} of ${stack} was ${note}`).join('; ')}`;
  return all === 0 ? 'nothing had to be changed' : `${groupThousands(done)} of ${counted(all, 'change')} done`;
}

function countUndone(undone: readonly ChangeOutcome[]): string {
  const failed = undone.filter(({ status }) => status === 'failed').length;
  const skipped = undone.length - failed;
  return `${failed === 0 ? '' : `, ${failed} failed`}${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function describeHealth({ health }: ApplyResult): string {
  if (health.length === 0) return '';
  const unhealthy = health.filter(({ healthy }) => !healthy).length;
  if (unhealthy > 0)
    return `; ${unhealthy} of ${counted(health.length, 'object')} ${unhealthy === 1 ? 'does' : 'do'} not work yet`;
  const inPlace = health.filter(isInPlaceOnly).length;
  if (inPlace === 0) return '; all of it works';
  const seen = inPlace === health.length ? '' : `${counted(health.length - inPlace, 'object')} seen to work, `;
  return `; ${seen}${counted(inPlace, 'object')} only written: no running program was asked about ${inPlace === 1 ? 'it' : 'them'}`;
}

function isInPlaceOnly({ healthy, extent }: HealthReport): boolean {
  return healthy && extent === 'in-place';
}

/** Targets of which only files were looked at, with what was done to these besides writing them. */
function describeInPlace(
  { changes }: Plan,
  { health }: ApplyResult,
  commits: readonly AcceptedCommit[],
  { paint, isVerbose }: Terminal,
): readonly string[] {
  const targets = new Map(
    changes.flatMap(({ address, change }) =>
      'desired' in change ? [[address, `${change.desired.target} of ${addressFields(address).stack}`] as const] : [],
    ),
  );
  const named = Map.groupBy(health.filter(isInPlaceOnly), ({ address }) => targets.get(address) ?? '');
  const notes = Map.groupBy(commits, ({ stack, target }) => `${target} of ${stack}`);
  const lines = [...named]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, objects]) => {
      const note = notes.get(name)?.at(-1)?.note.replace(countsOfOneCommit, '') ?? 'in place as before';
      const parts = [counted(objects.length, 'object'), note].filter((part) => part !== '');
      return `  ${paint('yellow', '?')} ${name}: ${parts.join('; ')}`;
    });
  const shown = isVerbose ? lines : lines.slice(0, listedAtMost);
  const more = lines.length - shown.length;
  return more === 0 ? lines : [...shown, `  and ${counted(more, 'target')} more, with --verbose`];
}

/** A target has a commit for each wave, so the counts of the last are not those of the run. */
const countsOfOneCommit = /^\d+ written, \d+ removed(; )?/;

const listedAtMost = 10;
