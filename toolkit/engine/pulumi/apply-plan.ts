import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import { type Address, type AppliedResource, addressFields, type ResourceTypeDefinition } from '../../model/index.ts';
import type { Plan } from '../../plan/plan.ts';
import { targetsBehind } from '../../plan/plan-summary.ts';
import { refuseMovedWorld, refuseOtherTarget, refuseStaleState, refuseUnsound } from '../check-plan.ts';
import type { ApplyOptions, ApplyResult, ChangeOutcome } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { startOf } from '../history/run-start.ts';
import { targetsOfChange } from '../planned-place.ts';
import { writeEngineOf } from '../state/engine-register.ts';
import type { StackKey } from '../state/state-backend.ts';
import { closeSession, defaultTimeouts, openTarget, type TargetRun, targetKey } from '../targets/target-run.ts';
import type { ClusterForm } from './cluster-objects.ts';
import { lookAfter } from './look-after.ts';
import { changesOf, programOfPlan } from './program-of-plan.ts';
import { openProject, type PulumiProject } from './project.ts';
import { createPulumiCommand, type PulumiCommand } from './pulumi-command.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';
import type { PulumiEngineSettings } from './pulumi-engine.ts';
import { loadedStack } from './pulumi-states.ts';
import { type DeployedStack, readDeployment } from './read-deployment.ts';
import { recordRun } from './record-run.ts';
import { runStack } from './run-stack.ts';
import { settleOutcomes } from './settle-outcomes.ts';
import { stackOrder } from './stack-order.ts';
import { pulumiStackName } from './urn.ts';

/**
 * Carries out a plan through Pulumi, and nothing else: the same refusals as the embedded engine before anything is
 * changed, then one run of Pulumi for each stack, in which only the objects of the plan may be touched.
 */
export async function applyPlan(
  plan: Plan,
  options: ApplyOptions,
  settings: PulumiEngineSettings,
): Promise<ApplyResult> {
  refuseUnsound(plan, 'pulumi');
  const order = stackOrder(plan);
  const project = await openProject(settings.root);
  const command = createPulumiCommand({ project, env: settings.env });
  const deployed = new Map<string, DeployedStack>();
  for (const stack of order) deployed.set(stack, await loadUnmoved(plan, stack, command));
  const ending = new AbortController();
  const targets = await openTargets(plan, options, ending.signal);
  try {
    await refuseMovedWorld({ plan, targets, outcomes: new Map() });
    const undertaking = { plan, options, settings, project, command, targets, deployed };
    return await carryOut(undertaking, order);
  } finally {
    ending.abort();
    await Promise.all([...targets.values()].map(({ session }) => closeSession(session)));
  }
}

interface Undertaking {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  readonly settings: PulumiEngineSettings;
  readonly project: PulumiProject;
  readonly command: PulumiCommand;
  readonly targets: ReadonlyMap<string, TargetRun>;
  /** By stack, as the states were when nothing had been done. */
  readonly deployed: ReadonlyMap<string, DeployedStack>;
}

async function carryOut(undertaking: Undertaking, order: readonly string[]): Promise<ApplyResult> {
  const { plan, options, settings, targets } = undertaking;
  const start = startOf(plan, { approvedBy: options.approvedBy, command: settings.command });
  const count = order.reduce((sum, stack) => sum + changesOf(plan, stack).length, 0);
  options.onEvent({ kind: 'started', changes: count, targets: targets.size });
  const outcomes: ChangeOutcome[] = [];
  const diagnostics: Diagnostic[] = [];
  const resources = new Map<Address, AppliedResource>();
  const roots = new Map<Address, Address>();
  const runs: StackResult[] = [];
  for (const stack of order) {
    const result = await runOne(undertaking, stack, roots);
    if (result === null) continue;
    runs.push(result);
    for (const [address, resource] of result.resources) resources.set(address, resource);
    for (const outcome of result.outcomes) {
      outcomes.push(outcome);
      options.onEvent({ kind: 'change-done', outcome });
      if (outcome.status === 'done') continue;
      const because = outcome.status === 'skipped' && outcome.because.kind === 'dependency-failed';
      roots.set(
        outcome.address,
        because && outcome.because.kind === 'dependency-failed' ? outcome.because.address : outcome.address,
      );
      if (outcome.status === 'failed') diagnostics.push(outcome.diagnostic);
    }
    diagnostics.push(...result.diagnostics);
    tellCommits(undertaking, result);
  }
  const { diagnostics: seen, ...looked } = await lookAfter({ plan, options, targets, outcomes, resources });
  diagnostics.push(...seen);
  for (const { stack, resources: left } of runs) {
    const engine = left.size > 0 ? 'pulumi' : 'embedded';
    await writeEngineOf(settings.stateRoot, { environment: plan.environment, stack }, engine);
  }
  for (const run of runs) await recordRun(start, run, undertaking, { outcomes, health: looked.health, diagnostics });
  const isInterrupted =
    options.signal.aborted || outcomes.some((one) => one.status === 'skipped' && one.because.kind === 'interrupted');
  return { outcomes: inOrder(plan, outcomes), ...looked, diagnostics, interrupted: isInterrupted };
}

/** Which targets took changes: the provider's process has committed them, as many at once as came together. */
function tellCommits({ plan, options }: Undertaking, { stack, outcomes }: StackResult): void {
  const done = new Set(outcomes.flatMap(({ status, address }) => (status === 'done' ? [address] : [])));
  const targets = changesOf(plan, stack)
    .filter(({ address }) => done.has(address))
    .flatMap(targetsOfChange);
  for (const target of [...new Set(targets)].sort())
    options.onEvent({ kind: 'commit-done', stack, target, accepted: true, note: 'taken, by Pulumi' });
}

export interface StackResult {
  readonly stack: string;
  readonly outcomes: readonly ChangeOutcome[];
  readonly diagnostics: readonly Diagnostic[];
  readonly resources: ReadonlyMap<Address, AppliedResource>;
  readonly serial: number;
}

/** Null for a stack that the plan leaves as it is. */
async function runOne(
  { plan, options, settings, project, command, deployed }: Undertaking,
  stack: string,
  roots: ReadonlyMap<Address, Address>,
): Promise<StackResult | null> {
  const changes = changesOf(plan, stack);
  const before = deployed.get(stack);
  if (before === undefined) throw new Error(`Bug: stack ${stack} was not loaded.`);
  if (changes.length === 0) return null;
  const key = { environment: plan.environment, stack };
  const place = { project: project.name, stack: pulumiStackName(key) };
  const program = programOfPlan(plan, stack, before, place);
  for (const urn of program.forgotten) await command.forget(key, urn);
  const actions = new Map(changes.map(({ address, change }) => [address, change.action]));
  const isOnlyForgetting = program.targets.length === 0;
  const report = isOnlyForgetting
    ? { failures: new Map<Address, string>(), ended: new Set<Address>(), error: null }
    : await runStack({
        ...{ project, key, program, signal: options.signal, parallel: options.parallel },
        ...{ env: settings.env, bindingsFile: settings.bindingsFile },
        message: `${settings.command}, plan ${plan.digest}`,
        clusterOf: (target) => clusterOf({ options, settings }, stack, target, plan.environment),
        refuseMoved: async () => {
          if (program.forgotten.length > 0 || program.refreshed.length > 0) return;
          await loadUnmoved(plan, stack, command);
        },
        onStarted(address) {
          const action = actions.get(address);
          if (action !== undefined) options.onEvent({ kind: 'change-started', address, action });
        },
      });
  const after = await loadNow(key, command);
  const interrupted = options.signal.aborted;
  const outcomes = settleOutcomes({
    changes,
    report,
    resources: after.record.resources,
    types: typesOf(options),
    interrupted,
    roots,
  });
  const isUntold = report.error !== null && outcomes.every(({ status }) => status === 'done');
  const diagnostics = isUntold
    ? [pulumiDiagnostics.create('run-failed', { stack, reason: report.error ?? '' }, { subject: stack })]
    : [];
  return { stack, outcomes, diagnostics, resources: after.record.resources, serial: after.record.serial };
}

async function clusterOf(
  { options, settings }: Pick<Undertaking, 'options' | 'settings'>,
  stack: string,
  target: string,
  environment: string,
): Promise<ClusterForm> {
  const binding = options.bindings.find((one) => one.stack === stack && one.target === target);
  if (binding === undefined)
    throw new Failure(
      engineDiagnostics.create('no-binding', { stack, target, environment }, { subject: `${stack}/${target}` }),
    );
  return await settings.clusterForm(binding, options.resolveSecret);
}

/** The state of a stack, if it is the one that the plan was made from. */
async function loadUnmoved(plan: Plan, stack: string, command: PulumiCommand): Promise<DeployedStack> {
  const deployed = await loadNow({ environment: plan.environment, stack }, command);
  refuseStaleState(plan, loadedStack(deployed).state);
  return deployed;
}

async function loadNow(key: StackKey, command: PulumiCommand): Promise<DeployedStack> {
  const read = readDeployment(await command.exportStack(key), key, command.project.name);
  if (read.ok) return read.stack;
  const [first] = read.diagnostics;
  if (first === undefined) throw new Error('Bug: a state was refused without a reason.');
  throw new Failure(first);
}

async function openTargets(
  plan: Plan,
  options: ApplyOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TargetRun>> {
  const needed = new Map<string, { readonly stack: string; readonly target: string }>();
  for (const planned of plan.changes)
    for (const target of targetsOfChange(planned)) {
      const { stack } = addressFields(planned.address);
      needed.set(targetKey(stack, target), { stack, target });
    }
  for (const { stack, target } of targetsBehind(plan)) needed.set(targetKey(stack, target), { stack, target });
  const targets = new Map<string, TargetRun>();
  for (const [key, { stack, target }] of needed) {
    const opened = await openTarget(stack, target, plan.environment, options, defaultTimeouts, signal);
    targets.set(key, opened);
    refuseOtherTarget(plan, opened);
  }
  return targets;
}

function typesOf({ providers }: ApplyOptions): ReadonlyMap<string, ResourceTypeDefinition> {
  return new Map(providers.flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.type, type] as const)));
}

function inOrder({ changes }: Plan, outcomes: readonly ChangeOutcome[]): readonly ChangeOutcome[] {
  const byAddress = new Map(outcomes.map((outcome) => [outcome.address, outcome]));
  return changes.flatMap(({ address }) => byAddress.get(address) ?? []);
}
