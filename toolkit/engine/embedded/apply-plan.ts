import { randomBytes, randomUUID } from 'node:crypto';
import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import { jsonEquals } from '../../model/index.ts';
import { effectOf } from '../../plan/effect.ts';
import type { Plan } from '../../plan/plan.ts';
import { targetsBehind } from '../../plan/plan-summary.ts';
import { refuseMovedWorld, refuseOtherTarget, refuseStaleState, refuseUnsound } from '../check-plan.ts';
import type { ApplyOptions, ApplyResult, ServerNote } from '../engine.ts';
import { startOf } from '../history/run-start.ts';
import { recordCutOffRuns } from '../history/unrecorded-runs.ts';
import { JournalWriter } from '../journal/journal-writer.ts';
import { acquireLocks, releaseLocks } from '../lock/acquire-lock.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import { targetsOfChange } from '../planned-place.ts';
import { type LoadedStack, mustLoadStack } from '../state/load-stack.ts';
import { emptyRecord } from '../state/stack-record.ts';
import type { StateBackend } from '../state/state-backend.ts';
import { writeCheckpoint } from '../state/write-checkpoint.ts';
import {
  closeSession,
  defaultTimeouts,
  type OperationTimeouts,
  openTarget,
  type TargetRun,
  targetKey,
} from '../targets/target-run.ts';
import { awaitHealth } from './await-health.ts';
import { claimTargets, releaseTargets } from './claim-targets.ts';
import { endStacks } from './end-stacks.ts';
import { loadRunning } from './load-running.ts';
import { type Run, type StackRun, settleSkipped, stackOf } from './run.ts';
import { runWave } from './run-wave.ts';
import { awaitedTargets, lookAtServers, type ServerNotes } from './server-notes.ts';
import { settleEarlierRun } from './settle-earlier-run.ts';
import { settleUnstaged } from './stage-change.ts';
import { wavesOf } from './waves.ts';

export interface EmbeddedSettings {
  readonly backend: StateBackend;
  /** What is being run, for whoever meets the lock: `opsctl apply`. */
  readonly command: string;
  readonly timeouts?: Partial<OperationTimeouts>;
  readonly heartbeatMs?: number;
  readonly expiresAfterMs?: number;
}

/**
 * Carries out a plan, and nothing else. A refusal before anything was changed is thrown as a Failure (stale plan, lock
 * held, brake, another target); from the first change on, what happened is in the result.
 */
export async function applyPlan(plan: Plan, options: ApplyOptions, settings: EmbeddedSettings): Promise<ApplyResult> {
  refuseUnsound(plan, 'embedded');
  const stores = plan.stacks.map(({ stack }) => settings.backend.open({ environment: plan.environment, stack }));
  const locks = await acquireLocks(stores, {
    command: settings.command,
    waitMs: options.lockTimeoutMs,
    signal: options.signal,
    onWait: ({ diagnostic }) => {
      const { subject: stack = '', detail } = diagnostic;
      options.onEvent({ kind: 'waiting-for-lock', stack, detail });
    },
    ...(settings.heartbeatMs === undefined ? {} : { heartbeatMs: settings.heartbeatMs }),
    ...(settings.expiresAfterMs === undefined ? {} : { expiresAfterMs: settings.expiresAfterMs }),
  });
  try {
    return await applyLocked(plan, options, settings, locks);
  } finally {
    await releaseLocks(locks);
  }
}

async function applyLocked(
  plan: Plan,
  options: ApplyOptions,
  settings: EmbeddedSettings,
  locks: readonly HeldLock[],
): Promise<ApplyResult> {
  const loaded = new Map<string, LoadedStack>();
  for (const { key } of locks) {
    const stack = await mustLoadStack(settings.backend.open(key));
    refuseStaleState(plan, stack.state);
    loaded.set(key.stack, stack);
  }
  const ending = new AbortController();
  const targets = new Map<string, TargetRun>();
  const stacks = new Map<string, StackRun>();
  try {
    await openTargets(plan, options, settings, loaded, targets, ending.signal);
    const run: Run = {
      plan,
      options,
      stacks,
      targets,
      outcomes: new Map(),
      roots: new Map(),
      diagnostics: [],
      unstaged: [],
      committed: new Set(),
      notRunning: new Map(),
      recovered: [],
    };
    if (!hasWork(plan, loaded)) return resultOf(run, [], await lookAtServers(run, loaded));
    await claimTargets(run, changedTargets(plan, loaded));
    if (!hasLeftovers(loaded)) await refuseMovedWorld(run);
    await beginStacks(plan, options, settings, locks, loaded, stacks);
    if (hasLeftovers(loaded)) {
      await settleEarlierRun(run);
      await refuseMovedWorld(run);
    }
    return await carryOutPlan(run, loaded);
  } finally {
    ending.abort();
    await Promise.all([...targets.values()].map(({ session }) => closeSession(session)));
    await Promise.all([...stacks.values()].map(({ journal }) => journal.close().catch(() => {})));
  }
}

async function carryOutPlan(run: Run, loaded: ReadonlyMap<string, LoadedStack>): Promise<ApplyResult> {
  const changes = run.plan.changes.filter((planned) => effectOf(planned) !== 'none');
  const { onEvent } = run.options;
  onEvent({ kind: 'started', changes: changes.length, targets: run.targets.size });
  let isStopped = false;
  try {
    for (const [index, wave] of wavesOf(run.plan.changes).entries()) await runWave(run, wave, index + 1);
    await settleUnstaged(run);
    await loadRunning(run);
  } catch (error) {
    isStopped = true;
    run.diagnostics.push(stopDiagnostic(error));
  }
  for (const planned of changes) {
    if (!run.outcomes.has(planned.address)) settleSkipped(run, planned, { kind: 'run-stopped' });
  }
  await releaseTargets(run);
  const health = isStopped ? [] : await awaitHealth(run);
  const servers = isStopped || run.options.signal.aborted ? noServers : await lookAtServers(run, loaded);
  if (!isStopped) await endStacks(run, health);
  return resultOf(run, health, servers);
}

const noServers: ServerNotes = { waiting: [], leftRunning: [] };

// A bug keeps its stack and is thrown on; trouble with the journal is told like any other.
function stopDiagnostic(error: unknown): Diagnostic {
  if (error instanceof Failure) return error.diagnostic;
  throw error;
}

function resultOf(run: Run, health: ApplyResult['health'], servers: ServerNotes): ApplyResult {
  const outcomes = run.plan.changes.flatMap(({ address }) => run.outcomes.get(address) ?? []);
  const interrupted = outcomes.some(
    (outcome) => outcome.status === 'skipped' && outcome.because.kind === 'interrupted',
  );
  return {
    outcomes,
    health,
    ...servers,
    ...(run.recovered.length === 0 ? {} : { recovered: run.recovered }),
    diagnostics: run.diagnostics,
    interrupted: interrupted || run.options.signal.aborted,
  };
}

function hasWork(plan: Plan, loaded: ReadonlyMap<string, LoadedStack>): boolean {
  const hasChanges = plan.changes.some((planned) => effectOf(planned) !== 'none');
  return (
    hasChanges || targetsBehind(plan).length > 0 || hasLeftovers(loaded) || rememberedTargets(plan, loaded).length > 0
  );
}

/** Targets with objects that an earlier run had not seen to work; a plan of some objects is not about the others. */
function rememberedTargets({ selection }: Plan, loaded: ReadonlyMap<string, LoadedStack>) {
  if (selection.targets.length > 0) return [];
  return [...loaded].flatMap(([stack, { record }]) => {
    const resources = [...record.unhealthy.keys()].flatMap((address) => record.resources.get(address) ?? []);
    return [...new Set(resources.map(({ target }) => target))].map((target) => ({ stack, target }));
  });
}

/** True when an earlier run was cut off in a place that has to be looked at first. */
function hasLeftovers(loaded: ReadonlyMap<string, Pick<LoadedStack, 'record'>>): boolean {
  return [...loaded.values()].some(({ record }) => record.uncertain.size > 0 || record.pending.size > 0);
}

async function openTargets(
  plan: Plan,
  options: ApplyOptions,
  settings: EmbeddedSettings,
  loaded: ReadonlyMap<string, LoadedStack>,
  targets: Map<string, TargetRun>,
  signal: AbortSignal,
): Promise<void> {
  const timeouts = { ...defaultTimeouts, ...settings.timeouts };
  const others = [...awaitedTargets(plan, loaded), ...rememberedTargets(plan, loaded)];
  const places = [...changedPlaces(plan, loaded), ...others];
  const needed = new Map(places.map((place) => [targetKey(place.stack, place.target), place]));
  // One after the other: when two do not answer, the first in the order of the plan is told, each time.
  for (const { stack, target } of needed.values()) {
    const opened = await openTarget(stack, target, plan.environment, options, timeouts, signal);
    targets.set(targetKey(stack, target), opened);
    refuseOtherTarget(plan, opened);
  }
}

/** Wherever a run that was cut off may have left files that wait. */
function targetsOfRecord(stack: string, { resources }: LoadedStack['record']): readonly ServerNote[] {
  return [...new Set([...resources.values()].map(({ target }) => target))].map((target) => ({ stack, target }));
}

function changedTargets(plan: Plan, loaded: ReadonlyMap<string, LoadedStack>): ReadonlySet<string> {
  return new Set(changedPlaces(plan, loaded).map(({ stack, target }) => targetKey(stack, target)));
}

/** Targets that this run changes or lets load something; of others it only looks. */
function changedPlaces(plan: Plan, loaded: ReadonlyMap<string, LoadedStack>): readonly ServerNote[] {
  const changed = plan.changes.flatMap((planned) =>
    targetsOfChange(planned).map((target) => ({ stack: stackOf(planned.address), target })),
  );
  const left = [...loaded].flatMap(([stack, { record }]) => [
    ...(hasLeftovers(new Map([[stack, { record }]])) ? targetsOfRecord(stack, record) : []),
    ...[...record.pending.keys()].map((target) => ({ stack, target })),
    ...[...record.uncertain.values()].flatMap(({ target, address, formerAddress }) => [
      { stack, target },
      { stack, target: record.resources.get(formerAddress ?? address)?.target ?? target },
    ]),
  ]);
  return [...changed, ...targetsBehind(plan), ...left];
}

async function beginStacks(
  plan: Plan,
  options: ApplyOptions,
  settings: EmbeddedSettings,
  locks: readonly HeldLock[],
  loaded: ReadonlyMap<string, LoadedStack>,
  stacks: Map<string, StackRun>,
): Promise<void> {
  const start = startOf(plan, { approvedBy: options.approvedBy, command: settings.command });
  for (const lock of locks) {
    const store = settings.backend.open(lock.key);
    const known = loaded.get(lock.key.stack);
    if (known === undefined) throw new Error(`Bug: stack ${lock.key.stack} was not loaded.`);
    await recordCutOffRuns(store, known.journal.entries);
    const isBorn = known.record.lineage !== '';
    const record = isBorn
      ? known.record
      : emptyRecord(lock.key, { lineage: randomUUID(), salt: randomBytes(32).toString('hex') });
    const length = isBorn ? known.journal.length : await writeCheckpoint(store, record, lock);
    const journal = new JournalWriter(record, start.run, lock, await store.openJournal(length));
    stacks.set(lock.key.stack, { store, lock, journal, serial: record.serial, start });
    const { run: _, startedAt: at, ...facts } = start;
    journal.note({ kind: 'run-started', at, lineage: record.lineage, by: `process ${process.pid}`, ...facts });
    const { policies } = plan;
    if (policies !== undefined && !jsonEquals(policies, record.policies ?? undefined))
      journal.note({ kind: 'judged', policies });
  }
}
