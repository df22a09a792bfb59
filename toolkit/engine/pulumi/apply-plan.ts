import type { Plan } from '../../plan/plan.ts';
import { targetsBehind } from '../../plan/plan-summary.ts';
import { refuseMovedWorld, refuseUnsound, stale } from '../check-plan.ts';
import type { ApplyOptions, ApplyResult, ServerNote } from '../engine.ts';
import { releaseLocks } from '../lock/acquire-lock.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import { targetsOfChange } from '../planned-place.ts';
import { rememberedTargets } from '../run/await-health.ts';
import { beginStacks, lockStacks, type RunSettings } from '../run/begin-stacks.ts';
import { claimTargets } from '../run/claim-targets.ts';
import { endStacks, noteNothingDone } from '../run/end-stacks.ts';
import { openTargets } from '../run/open-targets.ts';
import { resultOfRun } from '../run/result-of-run.ts';
import { type StackRun, stackOf } from '../run/run.ts';
import { awaitedTargets, lookAtServers } from '../run/server-notes.ts';
import { writeEngineOf } from '../state/engine-register.ts';
import { createFileBackend } from '../state/file-backend.ts';
import { type LoadedStack, mustLoadStack } from '../state/load-stack.ts';
import { closeSession, defaultTimeouts, type TargetRun, targetKey } from '../targets/target-run.ts';
import { carryOutStack } from './carry-out-stack.ts';
import { lookAfter } from './look-after.ts';
import { changesOf } from './program-of-plan.ts';
import { openProject } from './project.ts';
import { createPulumiCommand } from './pulumi-command.ts';
import type { PulumiEngineSettings } from './pulumi-engine.ts';
import { holdRecorded, type PulumiRun } from './pulumi-run.ts';
import type { DeployedStack } from './read-deployment.ts';
import { rememberedState } from './remembered-state.ts';
import { stackOrder } from './stack-order.ts';
import { loadUnmoved } from './unmoved-state.ts';

/**
 * Carries out a plan through Pulumi, and nothing else: the same refusals as the embedded engine before anything is
 * changed, then one run of Pulumi for each stack, in which only the objects of the plan may be touched. What Pulumi's state
 * has no room for (who ran what, what was not seen to work, which policies judged) is in the journal that both engines have.
 */
export async function applyPlan(
  plan: Plan,
  options: ApplyOptions,
  settings: PulumiEngineSettings,
): Promise<ApplyResult> {
  refuseUnsound(plan, 'pulumi');
  const backend = createFileBackend(settings.stateRoot);
  const stores = stackOrder(plan).map((stack) => backend.open({ environment: plan.environment, stack }));
  const runSettings = { backend, command: settings.command };
  const locks = await lockStacks(stores, options, runSettings);
  try {
    return await applyLocked(plan, options, settings, runSettings, locks);
  } finally {
    await releaseLocks(locks);
  }
}

async function applyLocked(
  plan: Plan,
  options: ApplyOptions,
  settings: PulumiEngineSettings,
  runSettings: RunSettings,
  locks: readonly HeldLock[],
): Promise<ApplyResult> {
  const project = await openProject(settings.root);
  const command = createPulumiCommand({ project, env: settings.env });
  const deployed = new Map<string, DeployedStack>();
  const memories = new Map<string, LoadedStack>();
  const loaded = new Map<string, LoadedStack>();
  for (const { key } of locks) {
    const found = await loadUnmoved(plan, key.stack, command);
    const memory = await mustLoadStack(runSettings.backend.open(key));
    if (memory.record.resources.size > 0) throw stale(`Stack ${key.stack} has objects in the embedded engine by now.`);
    deployed.set(key.stack, found);
    memories.set(key.stack, memory);
    loaded.set(key.stack, rememberedState(found, memory.record));
  }
  const ending = new AbortController();
  const targets = new Map<string, TargetRun>();
  const stacks = new Map<string, StackRun>();
  try {
    const changed = changedPlaces(plan);
    const remembered = rememberedTargets(plan, loaded);
    const places = [...changed, ...awaitedTargets(plan, loaded), ...remembered];
    await openTargets(plan, options, places, defaultTimeouts, targets, ending.signal);
    const run: PulumiRun = {
      ...{ plan, options, settings, project, command, deployed, stacks, targets },
      ...{ outcomes: new Map(), roots: new Map(), diagnostics: [], recovered: [] },
      ...{ committed: new Set(), notRunning: new Map() },
    };
    const working = locks.filter(({ key }) => hasWork(plan, key.stack, remembered));
    if (working.length === 0) return resultOfRun(run, [], await lookAtServers(run, loaded));
    await claimTargets(run, new Set(changed.map(({ stack, target }) => targetKey(stack, target))));
    await refuseMovedWorld(run);
    await beginStacks(plan, options, runSettings, working, memories, stacks);
    return await carryOut(run, loaded);
  } finally {
    ending.abort();
    await Promise.all([...targets.values()].map(({ session }) => closeSession(session)));
    await Promise.all([...stacks.values()].map(({ journal }) => journal.close().catch(() => {})));
  }
}

async function carryOut(run: PulumiRun, loaded: ReadonlyMap<string, LoadedStack>): Promise<ApplyResult> {
  const { plan, options, deployed } = run;
  for (const [stack, ofStack] of run.stacks) {
    ofStack.elsewhere = { serial: 0 };
    const before = deployed.get(stack);
    if (before !== undefined) holdRecorded(run, stack, before);
    await ofStack.journal.sync();
  }
  const order = stackOrder(plan);
  const count = order.reduce((sum, stack) => sum + changesOf(plan, stack).length, 0);
  options.onEvent({ kind: 'started', changes: count, targets: run.targets.size });
  await registerEngines(run);
  try {
    for (const stack of order) await carryOutStack(run, stack);
  } catch (error) {
    await noteNothingDone(run);
    await registerEngines(run, 'ended');
    throw error;
  }
  const { health, servers } = await lookAfter(run, loaded);
  await registerEngines(run, 'ended');
  await endStacks(run, health);
  return resultOfRun(run, health, servers);
}

/** From its first object on a stack is Pulumi's, for whoever looks while the run is under way or was cut off. */
async function registerEngines({ plan, settings, stacks }: PulumiRun, moment: 'begun' | 'ended' = 'begun') {
  for (const [stack, { journal }] of stacks) {
    const isOurs = moment === 'begun' || journal.record.resources.size > 0;
    await writeEngineOf(settings.stateRoot, { environment: plan.environment, stack }, isOurs ? 'pulumi' : 'embedded');
  }
}

function hasWork(plan: Plan, stack: string, remembered: readonly ServerNote[]): boolean {
  const isNamed = (note: ServerNote) => note.stack === stack;
  return changesOf(plan, stack).length > 0 || targetsBehind(plan).some(isNamed) || remembered.some(isNamed);
}

/** Targets that this run changes or lets load something; of others it only looks. */
function changedPlaces(plan: Plan): readonly ServerNote[] {
  const changed = plan.changes.flatMap((planned) =>
    targetsOfChange(planned).map((target) => ({ stack: stackOf(planned.address), target })),
  );
  return [...changed, ...targetsBehind(plan)];
}
