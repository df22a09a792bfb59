import {
  type AppliedResource,
  jsonEquals,
  type ObjectReference,
  type Resource,
  type ResourceTypeDefinition,
  type StackState,
} from '../model/index.ts';
import { forcingFields } from './compare-sides.ts';
import { pairResources } from './pair-resources.ts';
import type { PlanSelection } from './plan.ts';
import { planScope } from './plan-scope.ts';

/** One object to ask a target about: the reference goes to the session of `stack` and `target`. */
export interface ObjectToObserve {
  readonly target: string;
  readonly reference: ObjectReference;
}

export interface ObjectsToObserve {
  /** For `PlanInput.observed`: every recorded object where it was applied, every new one where it is declared. */
  readonly observed: readonly ObjectToObserve[];
  /** For `PlanInput.destinations`: recorded objects that are declared elsewhere now, where they are declared. */
  readonly destinations: readonly ObjectToObserve[];
}

/** What a caller of `planChanges` has to look at. The stack of an object is that of its address. */
export function objectsToObserve(
  desired: readonly Resource[],
  states: readonly StackState[],
  selection: PlanSelection,
  types: ReadonlyMap<string, ResourceTypeDefinition>,
): ObjectsToObserve {
  const scope = planScope({ desired, states, selection });
  const { pairs } = pairResources(scope.desired, scope.records);
  return {
    observed: pairs.map((pair) => objectOf(pair.desired === null ? pair.record : (pair.record ?? pair.desired))),
    destinations: pairs.flatMap(({ desired: declared, record }) =>
      declared !== null && record !== null && mayMove(declared, record, types) ? [objectOf(declared)] : [],
    ),
  };
}

function objectOf({ address, type, target, spec }: Resource | AppliedResource): ObjectToObserve {
  return { target, reference: { address, type, spec } };
}

/** Which fields say where an object stands is the provider's knowledge; it is among those that force a replacement. */
function mayMove(
  desired: Resource,
  record: AppliedResource,
  types: ReadonlyMap<string, ResourceTypeDefinition>,
): boolean {
  if (desired.target !== record.target) return true;
  const type = types.get(desired.type);
  if (type?.replaceOn === undefined || jsonEquals(desired.spec, record.spec)) return false;
  if (type.isSamePlace?.(record.spec, desired.spec)) return false;
  return forcingFields(type, type.canonical(record.spec), type.canonical(desired.spec)).length > 0;
}
