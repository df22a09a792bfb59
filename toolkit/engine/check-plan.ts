import { Failure } from '../diagnostics/index.ts';
import {
  type Address,
  addressFields,
  type JsonValue,
  type ObjectReference,
  type StackState,
  type TargetIdentity,
} from '../model/index.ts';
import { effectOf } from '../plan/effect.ts';
import type { Plan, PlannedChange } from '../plan/plan.ts';
import { digestOfPlan } from '../plan/plan-digest.ts';
import { isAsPlanned } from '../plan/world-moved.ts';
import type { EngineName } from './engine.ts';
import { engineDiagnostics } from './engine-diagnostics.ts';
import { referenceOf } from './planned-place.ts';
import { readTarget, type TargetRun, targetKey } from './targets/target-run.ts';

/** Refuses a plan that nobody may carry out, whatever the world looks like. */
export function refuseUnsound(plan: Plan, engine: EngineName): void {
  const { engine: made = 'embedded' } = plan;
  if (made !== engine) throw stale(`The plan was made from a state of the engine ${made}, and this is ${engine}.`);
  if (digestOfPlan(plan) !== plan.digest) throw stale('The plan is not as it was made: its digest is that of another.');
  if (plan.brakes.length > 0) {
    const reasons = plan.brakes.map(({ detail }) => detail);
    throw new Failure(engineDiagnostics.create('plan-stopped', { reasons }));
  }
  const errors = plan.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const summaries = [...new Set(errors.map(({ summary }) => summary))];
    throw new Failure(engineDiagnostics.create('plan-has-errors', { summaries }));
  }
}

/** Refuses a plan that was made from another state than the one at hand. */
export function refuseStaleState(plan: Plan, state: StackState): void {
  const planned = plan.stacks.find(({ stack }) => stack === state.stack);
  if (planned === undefined) throw stale(`Stack ${state.stack} has no part in the plan.`);
  // A state that an earlier attempt gave birth to and did nothing with is as good as none.
  if (planned.lineage === '' && planned.serial === 0 && state.serial === 0) return;
  if (planned.lineage !== state.lineage)
    throw stale(`The state of stack ${state.stack} is another one than the plan was made from.`);
  if (planned.serial !== state.serial || planned.stateDigest !== state.digest)
    throw stale(
      `The state of stack ${state.stack} has changed since the plan was made: its serial was ${planned.serial} and is ${state.serial} now.`,
    );
}

/** Refuses a target that is not the one that answered when the plan was made. */
export function refuseOtherTarget(plan: Plan, { stack, target, identity }: TargetRun): void {
  const planned = plan.targets.find((candidate) => candidate.stack === stack && candidate.target === target);
  if (planned === undefined || !isOther(planned.identity, identity)) return;
  const facts = { stack, target, expected: describe(planned.identity), found: describe(identity) };
  throw new Failure(
    engineDiagnostics.create('other-target', facts, {
      subject: `${stack}/${target}`,
      expected: facts.expected,
      found: facts.found,
    }),
  );
}

/** A server that does not run yet, or no longer, says less of itself: only what both say tells them apart. */
function isOther(planned: TargetIdentity, found: TargetIdentity): boolean {
  return Object.entries(planned).some(([name, value]) => found[name] !== undefined && found[name] !== value);
}

/** A plan that is about to be carried out. */
export interface Undertaking {
  readonly plan: Plan;
  readonly targets: ReadonlyMap<string, TargetRun>;
  /** Changes that are settled already need no look. */
  readonly outcomes: ReadonlyMap<Address, unknown>;
}

/** Refuses the plan when an object that it changes is not as the plan saw it. Nothing has been done by then. */
export async function refuseMovedWorld(run: Undertaking): Promise<void> {
  const looks = run.plan.changes
    .filter((planned) => needsLook(run, planned))
    .flatMap((planned) => lookAt(planned) ?? []);
  const byTarget = Map.groupBy(looks, ({ stack, target }) => openedTarget(run, stack, target));
  const moved = await Promise.all([...byTarget].map(([target, ofTarget]) => movedObjects(target, ofTarget)));
  const addresses = moved.flat().sort();
  if (addresses.length === 0) return;
  const named = addresses.slice(0, 5).join(', ') + (addresses.length > 5 ? ` and ${addresses.length - 5} more` : '');
  throw stale(`The real object is not as it was when the plan was made: ${named}.`);
}

export function stale(reason: string): Failure {
  return new Failure(engineDiagnostics.create('stale-plan', { reason }));
}

function openedTarget({ targets }: Undertaking, stack: string, target: string): TargetRun {
  const found = targets.get(targetKey(stack, target));
  if (found === undefined) throw new Error(`Bug: target ${target} of stack ${stack} was not opened.`);
  return found;
}

interface Look {
  readonly planned: PlannedChange;
  readonly stack: string;
  readonly target: string;
  readonly reference: ObjectReference;
}

function needsLook({ outcomes }: Undertaking, planned: PlannedChange): boolean {
  return effectOf(planned) !== 'none' && planned.change.action !== 'forget' && !outcomes.has(planned.address);
}

function lookAt(planned: PlannedChange): Look | null {
  const place = referenceOf(planned);
  return place && { planned, stack: addressFields(planned.address).stack, ...place };
}

async function movedObjects(target: TargetRun, looks: readonly Look[]): Promise<readonly Address[]> {
  const seen = await readTarget(
    target,
    looks.map(({ reference }) => reference),
  );
  return looks.flatMap(({ planned, reference }) => {
    const observation = seen.get(planned.address);
    const type = target.types.get(reference.type) ?? { type: reference.type, canonical: (spec) => spec };
    return observation !== undefined && isAsPlanned(planned, observation, type) ? [] : [planned.address];
  });
}

function describe(identity: Readonly<Record<string, JsonValue>>): string {
  return Object.entries(identity)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}
