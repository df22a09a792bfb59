import { inParallel } from '../../host/in-parallel.ts';
import { type Address, type AppliedResource, secretReferencesIn } from '../../model/index.ts';
import { effectOf } from '../../plan/effect.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import type { Intent } from '../journal/journal-entry.ts';
import { settleDone, settleFailed, settleSkipped, stackOf, stackRunOf, targetRunOf } from '../run/run.ts';
import { type ResolvedSpec, resolveSecrets } from '../targets/resolve-secrets.ts';
import { diagnosticOf, targetKey } from '../targets/target-run.ts';
import { commitTarget } from './commit-target.ts';
import { type EffectChange, type PreparedChange, prepareChange } from './describe-change.ts';
import type { EmbeddedRun } from './embedded-run.ts';
import { type StageFailure, settleStageFailures, stageChange } from './stage-change.ts';
import { verifyApplied } from './verify-applied.ts';

/**
 * Carries out changes that need not wait for each other: intents to the journal, each change to its target, one commit
 * per target, a look at the result. Throws only when the journal cannot be written, since then nothing may go on.
 */
export async function runWave(run: EmbeddedRun, changes: readonly PlannedChange[], wave: number): Promise<void> {
  const ready = await prepareWave(
    run,
    changes.filter((planned) => mayBegin(run, planned)),
  );
  const effects = ready.filter((change) => change.kind === 'effect');
  noteIntents(run, effects, wave);
  const records = ready.filter((change) => change.kind === 'record');
  for (const { planned, applied } of records) noteRecord(run, planned, applied);
  await syncJournals(run, ready);
  for (const { planned } of records) settleDone(run, planned);

  // An object that moves leaves its former target before it comes to the new one: cut off in between, nothing is in two
  // places, and nothing that the state does not know of stays behind.
  const leaving = effects.filter((change) => change.leaves !== null);
  const gone = await carryOut(run, leaving, 'leave');
  const staying = effects.filter((change) => change.leaves === null || gone.has(change.intent.address));
  await carryOut(run, staying, 'arrive');
}

// Asked when the wave begins, so an interruption lets what is under way end and starts nothing more.
function mayBegin(run: EmbeddedRun, planned: PlannedChange): boolean {
  if (effectOf(planned) === 'none' || run.outcomes.has(planned.address)) return false;
  if (run.options.signal.aborted) {
    settleSkipped(run, planned, { kind: 'interrupted' });
    return false;
  }
  const blocked = planned.waitsFor.find((address) => run.roots.has(address));
  if (blocked === undefined) return true;
  const cause = run.outcomes.get(blocked);
  if (cause?.status === 'skipped' && cause.because.kind === 'interrupted') settleSkipped(run, planned, cause.because);
  else settleSkipped(run, planned, { kind: 'dependency-failed', address: run.roots.get(blocked) ?? blocked });
  return false;
}

async function prepareWave(run: EmbeddedRun, changes: readonly PlannedChange[]): Promise<readonly PreparedChange[]> {
  const values = new Map<string, Promise<string>>();
  const resolve = (reference: string) => {
    const value = values.get(reference) ?? run.options.resolveSecret(reference);
    values.set(reference, value);
    return value;
  };
  const ready: PreparedChange[] = [];
  for (const planned of changes) {
    try {
      const prepared = prepareChange(planned, await resolveDesired(run, planned, resolve));
      if (prepared !== null) ready.push(prepared);
    } catch (error) {
      const { address } = planned;
      const { action } = planned.change;
      settleFailed(
        run,
        planned,
        diagnosticOf(error, (reason) => engineDiagnostics.create('change-failed', { address, action, reason })),
      );
    }
  }
  return ready;
}

async function resolveDesired(
  run: EmbeddedRun,
  planned: PlannedChange,
  resolve: (reference: string) => Promise<string>,
): Promise<ResolvedSpec | null> {
  const { change, applied } = planned;
  if (change.action === 'delete' || change.action === 'forget') return null;
  const { spec } = change.desired;
  // A change of the record alone needs no secret that was known before: a rename works without any credential.
  if (effectOf(planned) === 'record' && applied !== null) {
    const references = secretReferencesIn(spec);
    if (references.every((reference) => Object.hasOwn(applied.secrets, reference)))
      return {
        spec,
        digests: Object.fromEntries(references.toSorted().map((name) => [name, applied.secrets[name] ?? ''])),
      };
  }
  return await resolveSecrets(spec, stackRunOf(run, stackOf(planned.address)).journal.record.salt, resolve);
}

function noteIntents(run: EmbeddedRun, effects: readonly EffectChange[], wave: number): void {
  for (const [stack, ofStack] of Map.groupBy(effects, ({ intent }) => stackOf(intent.address))) {
    const intents = ofStack.map(({ intent }) => intent);
    stackRunOf(run, stack).journal.note({ kind: 'intents', wave, intents });
  }
}

function noteRecord(run: EmbeddedRun, planned: PlannedChange, applied: AppliedResource | null): void {
  const { address, formerAddress } = planned;
  stackRunOf(run, stackOf(address)).journal.note({
    kind: 'recorded',
    address,
    ...(formerAddress === undefined ? {} : { formerAddress }),
    applied,
  });
}

async function syncJournals(run: EmbeddedRun, changes: readonly PreparedChange[]): Promise<void> {
  const stacks = new Set(changes.map(({ planned }) => stackOf(planned.address)));
  await Promise.all([...stacks].map((stack) => stackRunOf(run, stack).journal.sync()));
}

/** Stages and commits one half of a wave; gives the addresses that got through. */
async function carryOut(
  run: EmbeddedRun,
  changes: readonly EffectChange[],
  half: 'leave' | 'arrive',
): Promise<ReadonlySet<Address>> {
  const staged = await stageAll(run, changes, half);
  const byTarget = Map.groupBy(staged, (change) => targetKey(stackOf(change.intent.address), targetOf(change, half)));
  // All of them end before a failure is thrown, so that nothing goes on behind the caller.
  const ended = await Promise.allSettled([...byTarget.values()].map((ofTarget) => commitAll(run, ofTarget, half)));
  const failed = ended.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return new Set(ended.flatMap((end) => (end.status === 'fulfilled' ? end.value : [])));
}

function targetOf({ leaves, target }: EffectChange, half: 'leave' | 'arrive'): string {
  return half === 'leave' && leaves !== null ? leaves.target : target;
}

async function stageAll(
  run: EmbeddedRun,
  changes: readonly EffectChange[],
  half: 'leave' | 'arrive',
): Promise<readonly EffectChange[]> {
  const staged: EffectChange[] = [];
  const failures: StageFailure[] = [];
  await inParallel(changes, Math.max(1, run.options.parallel), async (change) => {
    const { planned, intent } = change;
    const { journal } = stackRunOf(run, stackOf(intent.address));
    const isHalfDone = half === 'arrive' && change.leaves !== null;
    if (run.options.signal.aborted && !isHalfDone) return abandon(run, change);
    if (!isHalfDone)
      run.options.onEvent({ kind: 'change-started', address: planned.address, action: planned.change.action });
    const steps = half === 'leave' && change.leaves !== null ? [change.leaves.step] : change.steps;
    const failure = await stageChange(run, change, targetOf(change, half), steps);
    if (failure !== null) {
      failures.push(failure);
      return;
    }
    if (half === 'arrive') journal.note({ kind: 'staged', address: intent.address });
    staged.push(change);
  });
  settleStageFailures(run, failures);
  return staged;
}

/** Announced, and not begun before the interruption. */
function abandon(run: EmbeddedRun, { planned, intent }: EffectChange): void {
  stackRunOf(run, stackOf(intent.address)).journal.note({ kind: 'abandoned', addresses: [intent.address] });
  settleSkipped(run, planned, { kind: 'interrupted' });
}

/** Commits what was staged in one target and settles each change; gives the addresses that are as intended. */
async function commitAll(
  run: EmbeddedRun,
  changes: readonly EffectChange[],
  half: 'leave' | 'arrive',
): Promise<readonly Address[]> {
  const [first] = changes;
  if (first === undefined) return [];
  const stack = stackOf(first.intent.address);
  const target = targetOf(first, half);
  const intents = changes.map(({ intent }) => intent);
  const formers = new Map(
    intents.flatMap((intent) => {
      const former = stackRunOf(run, stack).journal.record.resources.get(intent.formerAddress ?? intent.address);
      return former === undefined ? [] : [[intent.address, former] as const];
    }),
  );
  const result = await commitTarget(run, stack, target, intents, half === 'arrive');
  switch (result.kind) {
    case 'accepted':
      if (half === 'leave') return intents.map(({ address }) => address);
      return await settleAccepted(run, changes, formers, stack, target);
    case 'refused': {
      const isBlamed = ({ intent }: EffectChange) =>
        result.blamed.length === 0 || result.blamed.includes(intent.address);
      for (const change of changes) {
        if (isBlamed(change)) settleFailed(run, change.planned, result.diagnostic);
        else settleSkipped(run, change.planned, { kind: 'target-refused', target });
      }
      if (!run.diagnostics.includes(result.diagnostic)) run.diagnostics.push(result.diagnostic);
      return [];
    }
    case 'unclear':
      for (const { planned } of changes) settleFailed(run, planned, result.diagnostic);
      return [];
    default:
      return result satisfies never;
  }
}

async function settleAccepted(
  run: EmbeddedRun,
  changes: readonly EffectChange[],
  formers: ReadonlyMap<Address, AppliedResource>,
  stack: string,
  target: string,
): Promise<readonly Address[]> {
  const { journal } = stackRunOf(run, stack);
  const intents = changes.map(({ intent }) => intent);
  const { wrong, notice } = await verifyApplied(targetRunOf(run, stack, target), intents, formers, journal.record.salt);
  if (notice !== null) run.diagnostics.push(notice);
  for (const { planned, intent } of changes) {
    const diagnostic = wrong.get(intent.address);
    if (diagnostic === undefined) {
      settleDone(run, planned);
      continue;
    }
    noteStillThere(run, intent, formers.get(intent.address));
    settleFailed(run, planned, diagnostic);
  }
  await journal.flush();
  return intents.flatMap(({ address }) => (wrong.has(address) ? [] : [address]));
}

/**
 * An object that was said to be removed and is still there stays known, or nobody would ever remove it. For a replace
 * this holds whatever went wrong with it: what is declared is found again by the next plan, what was is not.
 */
function noteStillThere(
  run: EmbeddedRun,
  { address, action, intended }: Intent,
  former: AppliedResource | undefined,
): void {
  if (former === undefined || (action !== 'delete' && action !== 'replace')) return;
  const { journal } = stackRunOf(run, stackOf(address));
  if (intended !== null) journal.note({ kind: 'recorded', address, applied: null });
  journal.note({ kind: 'recorded', address: former.address, applied: former });
}
