import type { Diagnostic } from '../../diagnostics/index.ts';
import {
  type Address,
  type AppliedResource,
  addressFields,
  type HealthReport,
  type RunningState,
} from '../../model/index.ts';
import type { Plan, PlannedChange } from '../../plan/plan.ts';
import { targetsBehind } from '../../plan/plan-summary.ts';
import type { ApplyOptions, ChangeOutcome, ServerNote } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { bounded } from '../targets/bounded.ts';
import { reasonOf, type TargetRun, targetKey } from '../targets/target-run.ts';

export interface LookedAfter {
  readonly health: readonly HealthReport[];
  readonly waiting: readonly ServerNote[];
  readonly leftRunning: readonly ServerNote[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface LookAfter {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  readonly targets: ReadonlyMap<string, TargetRun>;
  readonly outcomes: readonly ChangeOutcome[];
  /** Over all stacks of the plan, as their states are now. */
  readonly resources: ReadonlyMap<Address, AppliedResource>;
}

/**
 * After the changes: targets that ran something else are made to load what lies in them, servers that do not answer are
 * told, and what was written is waited for until it works. As the embedded engine does, with the same words.
 */
export async function lookAfter(input: LookAfter): Promise<LookedAfter> {
  const found = {
    health: [] as HealthReport[],
    waiting: [] as ServerNote[],
    leftRunning: [] as ServerNote[],
    diagnostics: [] as Diagnostic[],
  };
  const { options } = input;
  if (options.signal.aborted) return found;
  for (const { stack, target } of targetsBehind(input.plan)) await loadTarget(input, stack, target, found.diagnostics);
  for (const [, run] of [...input.targets].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const written = writtenTo(input, run);
    const isUsed = [...input.resources.values()].some((resource) => isIn(run, resource.address, resource.target));
    if (written.length === 0 && isUsed) continue;
    const running = await compare(run);
    const note = { stack: run.stack, target: run.target };
    if (running.state === 'not-answering' && isUsed) {
      found.diagnostics.push(
        engineDiagnostics.create('target-not-running', { ...note, reason: running.reason }, about(run)),
      );
      found.waiting.push(note);
      continue;
    }
    if (running.state === 'behind' && running.isLeftOver && !isUsed) {
      found.diagnostics.push(
        engineDiagnostics.create('left-running', { ...note, differences: running.differences }, about(run)),
      );
      found.leftRunning.push(note);
      continue;
    }
    if (options.healthTimeoutMs > 0 && written.length > 0) await awaitHealth(input, run, written, found);
  }
  return found;
}

async function loadTarget(
  { targets, outcomes }: LookAfter,
  stack: string,
  target: string,
  diagnostics: Diagnostic[],
): Promise<void> {
  const run = targets.get(targetKey(stack, target));
  const hasFailed = outcomes.some(({ status, address }) => status !== 'done' && addressFields(address).stack === stack);
  if (run === undefined || hasFailed) return;
  try {
    const outcome = await bounded(() => run.session.commit(), run.timeouts.commitMs);
    if (outcome.accepted) return;
    const facts = { stack, target, reason: outcome.reason };
    diagnostics.push(outcome.diagnostic ?? engineDiagnostics.create('target-refused', facts, about(run)));
  } catch (error) {
    diagnostics.push(
      engineDiagnostics.create('commit-unclear', { stack, target, reason: reasonOf(error) }, about(run)),
    );
  }
}

async function awaitHealth(
  { options }: LookAfter,
  run: TargetRun,
  written: readonly AppliedResource[],
  found: { readonly health: HealthReport[]; readonly diagnostics: Diagnostic[] },
): Promise<void> {
  const { stack, target } = run;
  const references = written.map(({ address, type, spec }) => ({ address, type, spec }));
  options.onEvent({ kind: 'waiting-for-health', stack, target, message: 'waiting until it works' });
  let reports: readonly HealthReport[];
  try {
    reports = await bounded(
      () => run.session.health(references, options.healthTimeoutMs),
      options.healthTimeoutMs + graceMs,
    );
  } catch (error) {
    found.diagnostics.push(
      engineDiagnostics.create('health-unknown', { stack, target, reason: reasonOf(error) }, about(run)),
    );
    return;
  }
  for (const report of reports) {
    options.onEvent({ kind: 'health', report });
    found.health.push(report);
    if (!report.healthy)
      found.diagnostics.push(engineDiagnostics.create('not-healthy', report, { subject: report.address }));
  }
}

/** A provider gets its whole time and a little more to say so, before it counts as hanging. */
const graceMs = 5_000;

function writtenTo({ plan, outcomes, resources }: LookAfter, run: TargetRun): readonly AppliedResource[] {
  const done = new Set(outcomes.flatMap(({ status, address }) => (status === 'done' ? [address] : [])));
  return plan.changes.flatMap(({ address, change }: PlannedChange) => {
    const record = resources.get(address);
    const isOurs =
      'desired' in change && done.has(address) && record !== undefined && isIn(run, address, record.target);
    return isOurs ? [record] : [];
  });
}

function isIn({ stack, target }: TargetRun, address: Address, name: string): boolean {
  return addressFields(address).stack === stack && name === target;
}

async function compare({ session, timeouts }: TargetRun): Promise<RunningState> {
  try {
    return await bounded(() => session.compareRunning(), timeouts.readMs);
  } catch (error) {
    return { state: 'not-answering', reason: reasonOf(error) };
  }
}

function about({ stack, target }: TargetRun) {
  return { subject: `${stack}/${target}` };
}
