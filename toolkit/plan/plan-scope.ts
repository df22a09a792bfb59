import type { Diagnostic } from '../diagnostics/index.ts';
import { type Address, type AppliedResource, addressFields, type Resource, type StackState } from '../model/index.ts';
import type { Elsewhere } from './change-graph.ts';
import type { PlanInput } from './plan.ts';
import { planDiagnostics } from './plan-diagnostics.ts';

/** The stacks of the plan, and what is known of the others. */
export interface Scope {
  includes(stack: string): boolean;
  readonly desired: readonly Resource[];
  readonly states: readonly StackState[];
  readonly records: readonly AppliedResource[];
  readonly elsewhere: Elsewhere;
  readonly findings: readonly Diagnostic[];
}

/** Splits the input by the selected stacks; none selected means all. */
export function planScope({ desired, states, selection }: Pick<PlanInput, 'desired' | 'states' | 'selection'>): Scope {
  const selected = new Set(selection.stacks);
  const includes = (stack: string) => selected.size === 0 || selected.has(stack);
  const inScope = (resource: Resource) => includes(addressFields(resource.address).stack);
  const statesInScope = states
    .filter(({ stack }) => includes(stack))
    .sort((left, right) => (left.stack < right.stack ? -1 : 1));
  const outside = selected.size === 0 ? [] : desired.filter((resource) => !inScope(resource));
  return {
    includes,
    desired: selected.size === 0 ? desired : desired.filter(inScope),
    states: statesInScope,
    records: statesInScope.flatMap(({ resources }) => [...resources.values()]),
    elsewhere: {
      declared: new Set(outside.map(({ address }) => address)),
      recorded: recordsOf(states.filter(({ stack }) => !includes(stack))),
    },
    findings: unknownStacks(selected, desired, states),
  };
}

function recordsOf(states: readonly StackState[]): ReadonlyMap<Address, AppliedResource> {
  return new Map(states.flatMap(({ resources }) => [...resources]));
}

function unknownStacks(
  selected: ReadonlySet<string>,
  desired: readonly Resource[],
  states: readonly StackState[],
): readonly Diagnostic[] {
  if (selected.size === 0) return [];
  const known = new Set([
    ...states.map(({ stack }) => stack),
    ...desired.map(({ address }) => addressFields(address).stack),
  ]);
  return [...selected]
    .filter((stack) => !known.has(stack))
    .map((stack) => planDiagnostics.create('unknown-stack', { stack }, { subject: stack }));
}
