import type { AppliedResource, ObjectReference } from '../model/index.ts';
import { effectOf } from '../plan/effect.ts';
import type { PlannedChange } from '../plan/plan.ts';

/** Where the plan saw the object: at its new place where it is to be made or is already, else where it was applied. */
export function referenceOf(
  planned: PlannedChange,
): { readonly target: string; readonly reference: ObjectReference } | null {
  const known = seenBy(planned);
  if (known === null) return null;
  const { target, type, spec } = known;
  return { target, reference: { address: planned.address, type, spec } };
}

function seenBy({ change, applied }: PlannedChange): Pick<AppliedResource, 'target' | 'type' | 'spec'> | null {
  switch (change.action) {
    case 'create':
    case 'no-op':
      return change.desired;
    // Mostly no record knows it yet; what is wanted decides what is looked for, such as whether others may read its file.
    case 'adopt':
      return applied ?? change.desired;
    case 'update':
    case 'replace':
    case 'delete':
      return applied ?? change.observed;
    case 'forget':
      return null;
    default:
      return change satisfies never;
  }
}

/** Targets that carrying out a change has to do with: where the object is, was applied, and is to be. */
export function targetsOfChange(planned: PlannedChange): readonly string[] {
  const { change, applied } = planned;
  if (effectOf(planned) === 'none' || change.action === 'forget') return [];
  const desired = 'desired' in change ? [change.desired.target] : [];
  const observed = 'observed' in change ? [change.observed.target] : [];
  return [...new Set([...desired, ...observed, ...(applied === null ? [] : [applied.target])])];
}
