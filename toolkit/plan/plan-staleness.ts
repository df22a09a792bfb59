import { jsonEquals, type StackState } from '../model/index.ts';
import type { Plan, PlanInputs, PlannedTarget } from './plan.ts';

/** What an apply finds when it starts. What it does not know it leaves out, and that is not compared. */
export interface PresentWorld {
  readonly environment?: string;
  readonly states?: readonly Pick<StackState, 'stack' | 'lineage' | 'serial' | 'digest'>[];
  readonly inputs?: Partial<PlanInputs>;
  readonly identities?: readonly PlannedTarget[];
}

export interface StaleReason {
  readonly kind: 'environment' | 'state-moved' | 'other-state' | 'input-changed' | 'other-target';
  /** The stack, the input or `stack/target` concerned. */
  readonly subject: string;
  /** One sentence. */
  readonly detail: string;
}

/** Why a saved plan no longer fits the world; none if it does. Any reason refuses the plan (exit code 5). */
export function findStaleReasons(plan: Plan, present: PresentWorld): readonly StaleReason[] {
  return [
    ...environmentReasons(plan, present.environment),
    ...(present.states === undefined ? [] : stateReasons(plan, present.states)),
    ...inputReasons(plan.inputs, present.inputs ?? {}),
    ...(present.identities === undefined ? [] : targetReasons(plan, present.identities)),
  ];
}

function environmentReasons(plan: Plan, environment: string | undefined): readonly StaleReason[] {
  if (environment === undefined || environment === plan.environment) return [];
  const detail = `The plan is for the environment ${plan.environment}, and this is ${environment}.`;
  return [{ kind: 'environment', subject: environment, detail }];
}

function stateReasons(plan: Plan, states: NonNullable<PresentWorld['states']>): readonly StaleReason[] {
  const present = new Map(states.map((state) => [state.stack, state]));
  return plan.stacks.flatMap(({ stack, lineage, serial, stateDigest }): readonly StaleReason[] => {
    const state = present.get(stack);
    if (state === undefined) {
      return [
        {
          kind: 'other-state',
          subject: stack,
          detail: `The plan was made from a state of ${stack}, and there is none.`,
        },
      ];
    }
    if (state.lineage !== lineage) {
      const detail = `The state of ${stack} is not the one that the plan was made from: its lineage is ${state.lineage}, not ${lineage}.`;
      return [{ kind: 'other-state', subject: stack, detail }];
    }
    if (state.serial === serial && state.digest === stateDigest) return [];
    const detail = `The state of ${stack} has moved from serial ${serial} to ${state.serial} since the plan was made.`;
    return [{ kind: 'state-moved', subject: stack, detail }];
  });
}

const inputNames: Readonly<Record<keyof PlanInputs, string>> = {
  content: 'The content',
  bindings: 'What the bindings say',
  policies: 'What the policies say',
  program: 'The program',
};

function inputReasons(planned: PlanInputs, present: Partial<PlanInputs>): readonly StaleReason[] {
  const names = Object.keys(inputNames) as (keyof PlanInputs)[];
  return names
    .filter((name) => present[name] !== undefined && present[name] !== planned[name])
    .map((name) => ({
      kind: 'input-changed',
      subject: name,
      detail: `${inputNames[name]} has changed since the plan was made: ${planned[name]} then, ${present[name]} now.`,
    }));
}

function targetReasons({ targets }: Plan, identities: readonly PlannedTarget[]): readonly StaleReason[] {
  const present = new Map(identities.map((target) => [`${target.stack}/${target.target}`, target]));
  return targets.flatMap(({ stack, target, provider, identity }): readonly StaleReason[] => {
    const subject = `${stack}/${target}`;
    const found = present.get(subject);
    if (found === undefined) {
      return [{ kind: 'other-target', subject, detail: `Nobody answers for ${target} of ${stack} now.` }];
    }
    if (found.provider === provider && jsonEquals(found.identity, identity)) return [];
    const detail = `Another system answers for ${target} of ${stack} now: ${describe(found)} instead of ${describe({ provider, identity })}.`;
    return [{ kind: 'other-target', subject, detail }];
  });
}

function describe({ provider, identity }: Pick<PlannedTarget, 'provider' | 'identity'>): string {
  const facts = Object.entries(identity)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name} ${value}`);
  return facts.length === 0 ? provider : `${provider} (${facts.join(', ')})`;
}
