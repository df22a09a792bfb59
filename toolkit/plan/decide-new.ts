import type { Diagnostic } from '../diagnostics/index.ts';
import type { FieldChange, Resource } from '../model/index.ts';
import { compareWithDeclared, forcingFields, specToWriteWhole } from './compare-sides.ts';
import { type Decided, decided, draftOf, type Known, occurrenceOf, placeOf, unchanged } from './decision.ts';
import * as explain from './explanations.ts';
import { planDiagnostics } from './plan-diagnostics.ts';
import { withSpec } from './with-spec.ts';

/**
 * An object that nobody has a record of is never written over. One that is already exactly as declared is taken over
 * without a write: that is what a run leaves that was cut off between making an object and recording it.
 */
export function decideNew(desired: Resource, known: Known): Decided {
  const { seen, type, input } = known;
  const isAsked = input.adopt.has(desired.address);
  if (seen.state === 'absent') return decideCreate(desired, known, isAsked && input.observed !== null);
  if (seen.state === 'malformed') return decideUnreadable(desired, known, seen.reason, isAsked);
  const { effective, observed, toWrite } = compareWithDeclared(type, desired, seen.spec);
  const names = explain.labels(toWrite, observed, effective);
  if (toWrite.length > 0 && !isAsked) {
    return refusedAsInTheWay(desired, `It differs in ${explain.names(names)}.`);
  }
  const forcedBy = forcingFields(type, observed, effective);
  if (forcedBy.length > 0) return refusedAdoption(desired, forcedBy);
  const found = { ...placeOf(desired), spec: observed };
  const change = {
    action: 'adopt',
    desired: withSpec(desired, effective),
    observed: found,
    fields: toWrite,
  } as const;
  return decided(draftOf(change, { kind: 'adopted' }, explain.explainAdopt(desired.target, names), null), null);
}

function decideCreate(desired: Resource, { type }: Known, isMissing: boolean): Decided {
  const change = { action: 'create', desired: withSpec(desired, specToWriteWhole(type, desired, null)) } as const;
  const facts = { address: desired.address, target: desired.target };
  const missing = planDiagnostics.create('nothing-to-adopt', facts, occurrenceOf(desired));
  const draft = draftOf(change, { kind: 'declared' }, explain.explainCreate(desired.target), null);
  return decided(draft, null, isMissing ? [missing] : []);
}

function decideUnreadable(desired: Resource, { type }: Known, reason: string, isAsked: boolean): Decided {
  if (!isAsked) return refusedAsInTheWay(desired, `It cannot be read: ${reason}.`);
  const effective = specToWriteWhole(type, desired, null);
  const observed = { ...placeOf(desired), spec: effective, malformed: reason };
  const fields = [{ pointer: '', after: effective }];
  const change = { action: 'adopt', desired: withSpec(desired, effective), observed, fields } as const;
  return decided(draftOf(change, { kind: 'adopted' }, explain.explainMalformed(desired.target, reason), null), null);
}

function refusedAsInTheWay(desired: Resource, difference: string): Decided {
  const facts = { address: desired.address, target: desired.target, difference };
  return refused(planDiagnostics.create('object-in-the-way', facts, occurrenceOf(desired)));
}

function refusedAdoption(desired: Resource, forcedBy: readonly FieldChange[]): Decided {
  const facts = { address: desired.address, pointers: forcedBy.map(({ pointer }) => pointer) };
  return refused(planDiagnostics.create('adopt-needs-replace', facts, occurrenceOf(desired)));
}

function refused(finding: Diagnostic): Decided {
  return { ...unchanged, isRefused: true, findings: [finding] };
}
