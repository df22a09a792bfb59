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
    const undone = outcomes.filter(({ status }) => status !== 'done');
    const listed = isVerbose ? outcomes : undone;
    const unhealthy = health.filter(({ healthy }) => !healthy);
    const counts = [
      countDone(outcomes, commits),
      countUndone(undone),
      describeEnds(plan, result),
      describeLeft(result),
    ];
    return [
      ...(isVerbose ? listed : unlike(listed)).map((outcome) => describeOutcome(outcome, terminal)),
      ...(isVerbose ? [] : describeAlike(undone, terminal)),
      ...unhealthy.map(({ address, detail }) => `  ${paint('red', '!')} ${address}: ${detail}`),
      ...(result.recovered ?? []).map(
        (address) => `  ${paint('green', '+')} ${address} works now, as it had not before`,
      ),
      ...describeInPlace(plan, result, commits, terminal),
      ...describeServers(result, terminal),
      ...(plan.unasked ?? []).map(
        ({ stack, target, objects }) =>
          `  ${paint('red', '!')} ${target} of ${stack} could not be asked: nothing was done to its ${counted(objects, 'object')}; plan again when it answers`,
      ),
      `${verdictOf(plan, result, terminal)}: ${counts.join('')}.`,
      ...(interrupted ? ['It was interrupted. Plan and apply again to go on: a saved plan is carried out once.'] : []),
      '',
    ].join('\n');
  },
  events: ({ plan, result: { outcomes, health, waiting, leftRunning, interrupted } }) => [
    {
      event: 'applied',
      plan: plan.digest,
      done: outcomes.filter(({ status }) => status === 'done').length,
      failed: outcomes.filter(({ status }) => status === 'failed').length,
      skipped: outcomes.filter(({ status }) => status === 'skipped').length,
      healthy: health.filter(({ healthy }) => healthy).length,
      inPlaceOnly: health.filter(isInPlaceOnly).length,
      unhealthy: health.filter(({ healthy }) => !healthy).map(({ address, detail }) => ({ address, detail })),
      waiting,
      leftRunning,
      ...(plan.unasked === undefined ? {} : { unasked: plan.unasked }),
      interrupted,
    },
  ],
};

/** As the exit code: the first words are a success only where that is 0. */
function verdictOf(
  { unasked }: Plan,
  { outcomes, health, waiting, diagnostics, interrupted }: ApplyResult,
  { paint }: Terminal,
): string {
  const done = outcomes.filter(({ status }) => status === 'done').length;
  if (done < outcomes.length || (unasked !== undefined && done === outcomes.length))
    return paint('red', done === 0 ? 'Not applied' : 'Applied in part');
  const isAmiss =
    waiting.length > 0 ||
    health.some(({ healthy }) => !healthy) ||
    diagnostics.some(({ severity }) => severity === 'error');
  if (isAmiss) return paint('red', outcomes.length === 0 ? 'Not all of it works' : 'Applied, and not all of it works');
  return interrupted ? paint('yellow', 'Interrupted') : paint('green', 'Applied');
}

type Failed = Extract<ChangeOutcome, { readonly status: 'failed' }>;

/** Failures of one cause, where it has told that they are several. */
function alikeIn(outcomes: readonly ChangeOutcome[]): readonly Failed[][] {
  const failed = outcomes.filter((outcome) => outcome.status === 'failed');
  const groups = Map.groupBy(failed, ({ diagnostic }) => diagnostic);
  return [...groups].flatMap(([{ code }, group]) => (code === 'engine/changes-failed' ? [group] : []));
}

function unlike(outcomes: readonly ChangeOutcome[]): readonly ChangeOutcome[] {
  const alike = new Set<ChangeOutcome>(alikeIn(outcomes).flat());
  return outcomes.filter((outcome) => !alike.has(outcome));
}

function describeAlike(outcomes: readonly ChangeOutcome[], { paint }: Terminal): readonly string[] {
  return alikeIn(outcomes).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { subject = '', summary } = first.diagnostic;
    return [`  ${paint('red', '!')} ${counted(group.length, 'change')} of ${subject} failed: ${summary}`];
  });
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

function countDone(outcomes: readonly ChangeOutcome[], commits: readonly AcceptedCommit[]): string {
  if (outcomes.length === 0 && commits.length > 0)
    return `nothing had to be changed, ${commits.map(({ stack, target, note }) => `${target} of ${stack} was ${note}`).join('; ')}`;
  if (outcomes.length === 0) return 'nothing had to be changed';
  const done = outcomes.filter(({ status }) => status === 'done').length;
  return `${groupThousands(done)} of ${counted(outcomes.length, 'change')} done`;
}

function countUndone(undone: readonly ChangeOutcome[]): string {
  const failed = undone.filter(({ status }) => status === 'failed').length;
  const skipped = undone.length - failed;
  return `${failed === 0 ? '' : `, ${failed} failed`}${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/** What became of a change that was done. Each is one of these, so that the numbers add up to it. */
const ends = {
  works: { all: 'all of it works', some: 'seen to work', one: 'works', several: 'work' },
  'not-working': {
    ...{ all: 'none of it was seen to work', some: 'not seen to work' },
    ...{ one: 'was not seen to work', several: 'were not seen to work' },
  },
  waiting: {
    ...{ all: 'all of it waits for its server', some: 'waiting for a server' },
    ...{ one: 'waits for its server', several: 'wait for their servers' },
  },
  written: {
    ...{ all: 'all of it only written: no running program was asked about it', some: 'only written' },
    ...{ one: 'is only written', several: 'are only written' },
  },
  removed: { all: 'all of it removed', some: 'removed', one: 'is removed', several: 'are removed' },
  recorded: {
    ...{ all: 'all of it in the record alone', some: 'in the record alone' },
    ...{ one: 'is in the record alone', several: 'are in the record alone' },
  },
  unseen: {
    ...{ all: 'whether it works was not looked at', some: 'not looked at' },
    ...{ one: 'was not looked at', several: 'were not looked at' },
  },
} as const;

function describeEnds(plan: Plan, result: ApplyResult): string {
  const done = result.outcomes.filter(({ status }) => status === 'done');
  if (done.length === 0) return '';
  const counts = Map.groupBy(done, endsIn(plan, result));
  const [only, ...others] = [...counts.keys()];
  const known = new Set(done.map(({ address }) => address));
  const isAmissElsewhere = result.health.some(({ healthy, address }) => !healthy && !known.has(address));
  const isWhole = done.length === result.outcomes.length && plan.unasked === undefined && !isAmissElsewhere;
  if (only !== undefined && others.length === 0)
    return `; ${isWhole ? ends[only].all : sayOfDone(done.length, ends[only])}`;
  const parts = (Object.keys(ends) as (keyof typeof ends)[]).flatMap((end) => {
    const count = counts.get(end)?.length ?? 0;
    return count === 0 ? [] : [`${groupThousands(count)} ${ends[end].some}`];
  });
  return `: ${parts.join(', ')}`;
}

/** Where not all was done, nothing may be said of all of it. */
function sayOfDone(count: number, { one, several }: (typeof ends)[keyof typeof ends]): string {
  return count === 1 ? `the one done ${one}` : `the ${groupThousands(count)} done ${several}`;
}

function endsIn({ changes }: Plan, { health, waiting }: ApplyResult): (outcome: ChangeOutcome) => keyof typeof ends {
  const reports = new Map(health.map((report) => [report.address, report]));
  const planned = new Map(changes.map(({ address, change }) => [address, change]));
  const isWaiting = (address: ChangeOutcome['address'], target: string) =>
    waiting.some((one) => one.stack === addressFields(address).stack && one.target === target);
  return ({ address, action }) => {
    if (action === 'delete') return 'removed';
    const change = planned.get(address);
    if (change !== undefined && 'desired' in change && isWaiting(address, change.desired.target)) return 'waiting';
    const report = reports.get(address);
    if (report === undefined) return action === 'forget' || action === 'no-op' ? 'recorded' : 'unseen';
    if (!report.healthy) return 'not-working';
    return isInPlaceOnly(report) ? 'written' : 'works';
  };
}

function describeLeft({ leftRunning }: ApplyResult): string {
  if (leftRunning.length === 0) return '';
  return `; ${counted(leftRunning.length, 'server')} still ${leftRunning.length === 1 ? 'runs' : 'run'} what was removed`;
}

function describeServers({ waiting, leftRunning }: ApplyResult, { paint }: Terminal): readonly string[] {
  return [
    ...waiting.map(
      ({ stack, target }) =>
        `  ${paint('red', '!')} ${target} of ${stack} still waits for its server: start it, and run the command again`,
    ),
    ...leftRunning.map(
      ({ stack, target }) =>
        `  ${paint('yellow', '!')} ${target} of ${stack} still runs the former configuration: stop it, or bind it elsewhere`,
    ),
  ];
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
  // What an earlier run had left is no change of this plan, and told as working by itself.
  const own = health.filter((report) => isInPlaceOnly(report) && targets.has(report.address));
  const named = Map.groupBy(own, ({ address }) => targets.get(address) ?? '');
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
