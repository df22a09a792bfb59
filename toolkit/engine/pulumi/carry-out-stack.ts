import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import type { Address, ResourceTypeDefinition } from '../../model/index.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import type { ApplyOptions, ChangeOutcome } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { targetsOfChange } from '../planned-place.ts';
import { settleDone, settleFailed, settleSkipped, stackOf } from '../run/run.ts';
import type { ClusterForm } from './cluster-objects.ts';
import { changesOf, programOfPlan, type StackProgram } from './program-of-plan.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';
import { holdRecorded, type PulumiRun } from './pulumi-run.ts';
import type { DeployedStack } from './read-deployment.ts';
import { runStack, type StackRunReport } from './run-stack.ts';
import { settleOutcomes } from './settle-outcomes.ts';
import { loadDeployment, refuseMovedState } from './unmoved-state.ts';
import { pulumiStackName } from './urn.ts';

/**
 * Carries out what a plan changes in one stack. A refusal before anything was done in any stack is thrown; after that its
 * changes are skipped, with the reason among the diagnostics, and other stacks go on.
 */
export async function carryOutStack(run: PulumiRun, stack: string): Promise<void> {
  const { plan, command, deployed, project } = run;
  const changes = changesOf(plan, stack);
  const before = deployed.get(stack);
  if (before === undefined) throw new Error(`Bug: stack ${stack} was not loaded.`);
  if (changes.length === 0) return;
  const key = { environment: plan.environment, stack };
  const program = programOfPlan(plan, stack, before, { project: project.name, stack: pulumiStackName(key) });
  let hasBegun = run.outcomes.size > 0;
  try {
    for (const urn of program.forgotten) {
      await command.forget(key, urn);
      hasBegun = true;
    }
    const report = program.targets.length === 0 ? nothingToRun : await runPatiently(run, before, program);
    const after = await loadDeployment(key, command);
    holdRecorded(run, stack, after);
    settleStack(run, stack, changes, report, after);
  } catch (error) {
    if (!hasBegun || !(error instanceof Failure)) throw error;
    run.diagnostics.push(error.diagnostic);
    for (const planned of changes) if (!run.outcomes.has(planned.address)) settleSkipped(run, planned, stopped);
  }
}

const stopped = { kind: 'run-stopped' } as const;
const nothingToRun: StackRunReport = { failures: new Map(), ended: new Set(), error: null };

/** Waits for whoever holds Pulumi's lock as long as for any other lock. */
async function runPatiently(run: PulumiRun, before: DeployedStack, program: StackProgram): Promise<StackRunReport> {
  const { onEvent, lockTimeoutMs, signal } = run.options;
  const end = performance.now() + lockTimeoutMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await runOnce(run, before, program);
    } catch (error) {
      if (!isLocked(error) || performance.now() >= end) throw error;
      const { stack } = before.record.key;
      if (attempt === 0) onEvent({ kind: 'waiting-for-lock', stack, detail: error.diagnostic.detail });
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

const pauseMs = 2_000;

function isLocked(error: unknown): error is Failure {
  return error instanceof Failure && error.diagnostic.code === 'pulumi/state-locked';
}

async function runOnce(run: PulumiRun, before: DeployedStack, program: StackProgram): Promise<StackRunReport> {
  const { plan, options, settings, project, command } = run;
  const { key } = before.record;
  const actions = new Map(changesOf(plan, key.stack).map(({ address, change }) => [address, change.action]));
  return await runStack({
    ...{ project, key, program, signal: options.signal, parallel: options.parallel },
    ...{ env: settings.env, bindingsFile: settings.bindingsFile },
    message: `${settings.command}, plan ${plan.digest}`,
    clusterOf: (target) => clusterOf(run, key.stack, target),
    refuseMoved: async () => refuseMovedState(before, await loadDeployment(key, command), program.ownWork),
    onStarted(address) {
      const action = actions.get(address);
      if (action !== undefined) options.onEvent({ kind: 'change-started', address, action });
    },
  });
}

function settleStack(
  run: PulumiRun,
  stack: string,
  changes: readonly PlannedChange[],
  report: StackRunReport,
  after: DeployedStack,
): void {
  const outcomes = settleOutcomes({
    ...{ changes, report, roots: run.roots },
    resources: after.record.resources,
    types: typesOf(run.options),
    interrupted: run.options.signal.aborted,
  });
  const planned = new Map(changes.map((change) => [change.address, change]));
  for (const outcome of outcomes) settle(run, planned, outcome);
  if (report.error !== null && outcomes.every(({ status }) => status === 'done'))
    run.diagnostics.push(pulumiDiagnostics.create('run-failed', { stack, reason: report.error }, { subject: stack }));
  tellCommits(run, stack);
}

function settle(run: PulumiRun, changes: ReadonlyMap<Address, PlannedChange>, outcome: ChangeOutcome): void {
  const planned = changes.get(outcome.address);
  if (planned === undefined) throw new Error(`Bug: ${outcome.address} is no change of the plan.`);
  switch (outcome.status) {
    case 'done':
      settleDone(run, planned);
      break;
    case 'failed':
      settleFailed(run, planned, outcome.diagnostic);
      break;
    case 'skipped':
      settleSkipped(run, planned, outcome.because);
      break;
    default:
      outcome satisfies never;
  }
}

/** Which targets took changes: the provider's process has committed them, as many at once as came together. */
function tellCommits({ plan, options, outcomes }: PulumiRun, stack: string): void {
  const targets = plan.changes
    .filter(({ address }) => stackOf(address) === stack && outcomes.get(address)?.status === 'done')
    .flatMap(targetsOfChange);
  for (const target of [...new Set(targets)].sort())
    options.onEvent({ kind: 'commit-done', stack, target, accepted: true, note: 'taken, by Pulumi' });
}

async function clusterOf({ plan, options, settings }: PulumiRun, stack: string, target: string): Promise<ClusterForm> {
  const binding = options.bindings.find((one) => one.stack === stack && one.target === target);
  if (binding !== undefined) return await settings.clusterForm(binding, options.resolveSecret);
  const { environment } = plan;
  throw new Failure(
    engineDiagnostics.create('no-binding', { stack, target, environment }, { subject: `${stack}/${target}` }),
  );
}

function typesOf({ providers }: ApplyOptions): ReadonlyMap<string, ResourceTypeDefinition> {
  return new Map(providers.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)));
}
