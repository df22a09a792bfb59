import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import { effectOf } from '../../plan/effect.ts';
import type { Plan } from '../../plan/plan.ts';
import { targetsBehind } from '../../plan/plan-summary.ts';
import { refuseMovedWorld, refuseStaleState, refuseUnsound } from '../check-plan.ts';
import type { ApplyOptions, ApplyResult, ServerNote } from '../engine.ts';
import { releaseLocks } from '../lock/acquire-lock.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import { targetsOfChange } from '../planned-place.ts';
import { awaitHealth, rememberedTargets } from '../run/await-health.ts';
import { beginStacks, lockStacks } from '../run/begin-stacks.ts';
import { claimTargets, releaseTargets } from '../run/claim-targets.ts';
import { endStacks } from '../run/end-stacks.ts';
import { openTargets } from '../run/open-targets.ts';
import { resultOfRun } from '../run/result-of-run.ts';
import { type StackRun, settleSkipped, stackOf } from '../run/run.ts';
import { awaitedTargets, lookAtServers, noServers } from '../run/server-notes.ts';
import { type LoadedStack, mustLoadStack } from '../state/load-stack.ts';
import type { StateBackend } from '../state/state-backend.ts';
import {
  closeSession,
  defaultTimeouts,
  type OperationTimeouts,
  type TargetRun,
  targetKey,
} from '../targets/target-run.ts';
import type { EmbeddedRun } from './embedded-run.ts';
import { loadRunning } from './load-running.ts';
import { runWave } from './run-wave.ts';
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
  const stores = stacksToRun(plan).map((stack) => settings.backend.open({ environment: plan.environment, stack }));
  const locks = await lockStacks(stores, options, settings);
  try {
    return await applyLocked(plan, options, settings, locks);
  } finally {
    await releaseLocks(locks);
  }
}

/** A stack of which no target could be asked when the plan was made is left alone, with all that a former run left there. */
function stacksToRun({ stacks, targets, unasked = [] }: Plan): readonly string[] {
  const names = stacks.map(({ stack }) => stack);
  return names.filter((name) => !unasked.some(isOf(name)) || targets.some(isOf(name)));
}

function isOf(name: string): (one: { readonly stack: string }) => boolean {
  return ({ stack }) => stack === name;
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
    await openAll(plan, options, settings, loaded, targets, ending.signal);
    const run: EmbeddedRun = {
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
    if (!hasWork(plan, loaded)) return resultOfRun(run, [], await lookAtServers(run, loaded));
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

async function carryOutPlan(run: EmbeddedRun, loaded: ReadonlyMap<string, LoadedStack>): Promise<ApplyResult> {
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
  return resultOfRun(run, health, servers);
}

// A bug keeps its stack and is thrown on; trouble with the journal is told like any other.
function stopDiagnostic(error: unknown): Diagnostic {
  if (error instanceof Failure) return error.diagnostic;
  throw error;
}

function hasWork(plan: Plan, loaded: ReadonlyMap<string, LoadedStack>): boolean {
  const hasChanges = plan.changes.some((planned) => effectOf(planned) !== 'none');
  return (
    hasChanges || targetsBehind(plan).length > 0 || hasLeftovers(loaded) || rememberedTargets(plan, loaded).length > 0
  );
}

/** True when an earlier run was cut off in a place that has to be looked at first. */
function hasLeftovers(loaded: ReadonlyMap<string, Pick<LoadedStack, 'record'>>): boolean {
  return [...loaded.values()].some(({ record }) => record.uncertain.size > 0 || record.pending.size > 0);
}

async function openAll(
  plan: Plan,
  options: ApplyOptions,
  settings: EmbeddedSettings,
  loaded: ReadonlyMap<string, LoadedStack>,
  targets: Map<string, TargetRun>,
  signal: AbortSignal,
): Promise<void> {
  const timeouts = { ...defaultTimeouts, ...settings.timeouts };
  const others = [...awaitedTargets(plan, loaded), ...rememberedTargets(plan, loaded)];
  await openTargets(plan, options, [...changedPlaces(plan, loaded), ...others], timeouts, targets, signal);
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
