import type { FieldChange, Observation, Resource } from '../model/index.ts';
import { type Decided, draftOf, type Known, occurrenceOf } from './decision.ts';
import * as explain from './explanations.ts';
import type { HeldField } from './held-field.ts';
import { planDiagnostics } from './plan-diagnostics.ts';

/**
 * A write that would go over what somebody else holds in the target. The target will refuse it, so it is told before;
 * who asks for the object to be adopted takes those fields over.
 */
export function decideHeldFields(decided: Decided, desired: Resource, { seen, input }: Known): Decided {
  const { change: draft } = decided;
  const held = draft?.change.action === 'update' ? heldAmong(draft.change.fields, seen) : [];
  if (draft === null || draft.change.action !== 'update' || held.length === 0) return decided;
  if (!input.adopt.has(desired.address)) {
    const facts = { address: desired.address, target: desired.target, held };
    const finding = planDiagnostics.create('field-held', facts, occurrenceOf(desired));
    return { ...decided, findings: [...decided.findings, finding] };
  }
  const change = { ...draft.change, action: 'adopt' } as const;
  const names = held.map(({ manager, pointer }) => `${pointer} of ${manager}`);
  return { ...decided, change: draftOf(change, { kind: 'adopted' }, explain.explainTakeOver(names), draft.applied) };
}

/** Of the fields to write, those that are held, or lie in or around what is held. */
function heldAmong(fields: readonly FieldChange[], seen: Observation): readonly HeldField[] {
  const holders = Object.entries(seen.state === 'present' ? (seen.heldBy ?? {}) : {});
  return holders
    .filter(([pointer]) => fields.some((field) => isWithin(field.pointer, pointer) || isWithin(pointer, field.pointer)))
    .map(([pointer, manager]) => ({ pointer, manager }));
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
