import type { Diagnostic, Occurrence, SourceSpan } from '../diagnostics/index.ts';
import {
  type Address,
  type AppliedResource,
  addressFields,
  type Change,
  type FieldChange,
  type JsonObject,
  jsonEquals,
  type Observation,
  type ObservedResource,
  type Resource,
  type ResourceTypeDefinition,
} from '../model/index.ts';
import { changedRecordFields } from './applied-record.ts';
import {
  type ComparedSides,
  compareSides,
  compareWithApplied,
  compareWithDeclared,
  forcingFields,
  specToWriteWhole,
} from './compare-sides.ts';
import * as explain from './explanations.ts';
import type { ResourcePair } from './pair-resources.ts';
import type { ChangeCause, Drift, PlanInput, PlannedChange } from './plan.ts';
import { planDiagnostics } from './plan-diagnostics.ts';
import { reverseOf } from './reverse-step.ts';
import { isRotation, rotatedSecrets, secretFields } from './rotated-secrets.ts';
import { secretKey } from './secret-mask.ts';

/** A change before its place in the order is known. */
export type DraftChange = Omit<PlannedChange, 'waitsFor'>;

/** What is to be done about one object. No change: it is as declared, or, with a finding, nothing can be planned. */
export interface Decision {
  readonly pair: ResourcePair;
  /** As the target answered, not yet canonical or masked: for comparing, never for the plan. */
  readonly seen: Observation;
  readonly change: DraftChange | null;
  readonly isRefused: boolean;
  readonly drift: Drift | null;
  readonly findings: readonly Diagnostic[];
}

type DecisionInput = Pick<PlanInput, 'types' | 'observed' | 'destinations' | 'adopt' | 'secrets'>;

/** The three-way decision about one object: declared, last applied, observed. */
export function decideChange(pair: ResourcePair, input: DecisionInput): Decision {
  const { address, desired, record } = pair;
  const { type, target } = desired ?? (record as AppliedResource);
  const definition = input.types.get(type);
  const findings: Diagnostic[] = [];
  const occurrence = occurrenceOf(desired ?? { address });
  const seen = observationOf(pair, input);
  if (definition === undefined) findings.push(planDiagnostics.create('unknown-type', { address, type }, occurrence));
  if (seen === undefined) findings.push(planDiagnostics.create('not-observed', { address, target }, occurrence));
  const known: Known = {
    type: definition ?? { type, canonical: (spec) => spec },
    seen: seen ?? lastKnown(record),
    destination: desired === null ? undefined : input.destinations?.get(desired.address),
    input,
  };
  const decided = decideSides(pair, known);
  return {
    ...decided,
    pair,
    seen: known.seen,
    drift: decided.drift && { ...decided.drift, address },
    findings: findings.length === 0 ? decided.findings : [...findings, ...decided.findings],
  };
}

interface Known {
  readonly type: ResourceTypeDefinition;
  readonly seen: Observation;
  readonly destination: Observation | undefined;
  readonly input: DecisionInput;
}

type Decided = Omit<Decision, 'pair' | 'seen'>;

const unchanged: Decided = { change: null, isRefused: false, drift: null, findings: [] };

function decideSides({ desired, record }: ResourcePair, known: Known): Decided {
  if (desired === null) return decideRemoved(record, known);
  return record === null ? decideNew(desired, known) : decideManaged(desired, record, known);
}

/** Offline the last applied spec stands for the observed one; undefined when a target should have answered and did not. */
function observationOf({ address, record }: ResourcePair, { observed }: DecisionInput): Observation | undefined {
  return observed === null ? lastKnown(record) : observed.get(record?.address ?? address);
}

function lastKnown(record: AppliedResource | null): Observation {
  return record === null ? { state: 'absent' } : { state: 'present', spec: record.spec };
}

// --- Declared and recorded.

function decideManaged(desired: Resource, record: AppliedResource, known: Known): Decided {
  if (isUntouched(desired, record, known)) return unchanged;
  const { seen } = known;
  if (seen.state === 'absent') return decideVanished(desired, record, known);
  if (desired.target !== record.target) return decideMoved(desired, record, known);
  if (seen.state === 'malformed') return decideMalformed(desired, record, known, seen.reason);
  return decideCompared(desired, record, known, compareSides(known.type, desired, record, seen.spec));
}

/** Most objects of most plans. Equality is all that is asked here, so no field has to be named and nothing masked. */
function isUntouched(desired: Resource, record: AppliedResource, { seen, type, input }: Known): boolean {
  return (
    seen.state === 'present' &&
    desired.address === record.address &&
    desired.target === record.target &&
    isCanonically(type, seen.spec, record.spec) &&
    isCanonically(type, desired.spec, record.spec) &&
    changedRecordFields(desired, record).length === 0 &&
    rotatedSecrets(record, record.spec, digestsAtHand(desired, input)).length === 0
  );
}

/** Equal as it stands, or in canonical form, which the applied spec has. */
function isCanonically(type: ResourceTypeDefinition, spec: JsonObject, applied: JsonObject): boolean {
  return spec === applied || jsonEquals(applied, spec) || jsonEquals(applied, type.canonical(spec));
}

function digestsAtHand({ address }: Resource, { secrets }: DecisionInput): (reference: string) => string | undefined {
  const { stack } = addressFields(address);
  return (reference) => secrets.get(secretKey(stack, reference));
}

function decideVanished(desired: Resource, record: AppliedResource, known: Known): Decided {
  const drift = driftOf(record, 'vanished', [], `It is gone from ${record.target}.`);
  const effective = specToWriteWhole(known.type, desired, null);
  const place = placeOfMove(desired, known, effective);
  if (place === 'as-desired') {
    const cause = { kind: 'already-in-place' } as const;
    return decided(
      recordOnly(desired, record, effective, cause, explain.explainAlreadyInPlace(desired.target, [])),
      drift,
    );
  }
  const change = { action: 'create', desired: { ...desired, spec: effective } } as const;
  const draft = draftOf(change, { kind: 'vanished' }, explain.explainVanished(record.target), record);
  return decided(draft, drift, place === 'taken' ? [placeTaken(desired)] : []);
}

function decideMoved(desired: Resource, record: AppliedResource, known: Known): Decided {
  const { observed, drift } = observedOfRecord(record, known);
  const effective = specToWriteWhole(known.type, desired, observed.spec);
  const change = { action: 'replace', desired: { ...desired, spec: effective }, observed, forcedBy: [] } as const;
  const cause = { kind: 'target-changed', from: record.target } as const;
  const draft = draftOf(change, cause, explain.explainTargetChange(record.target, desired.target), record);
  return decided(draft, drift, placeOfMove(desired, known, effective) === 'taken' ? [placeTaken(desired)] : []);
}

function decideMalformed(desired: Resource, record: AppliedResource, known: Known, reason: string): Decided {
  const { observed, drift } = observedOfRecord(record, known);
  const effective = specToWriteWhole(known.type, desired, observed.spec);
  const isIntended = !jsonEquals(observed.spec, effective);
  const cause = { kind: isIntended ? 'declaration-changed-and-drifted' : 'drifted' } as const;
  // An unreadable object that is declared elsewhere now would be left behind by an update.
  const forcedBy = forcingFields(known.type, observed.spec, effective);
  if (forcedBy.length > 0) {
    const change = { action: 'replace', desired: { ...desired, spec: effective }, observed, forcedBy } as const;
    const taken = placeOfMove(desired, known, effective) === 'taken' ? [placeTaken(desired)] : [];
    return decided(
      draftOf(change, cause, explain.explainReplace(forcedBy, observed.spec, effective), record),
      drift,
      taken,
    );
  }
  const fields = [{ pointer: '', after: effective }];
  const change = { action: 'update', desired: { ...desired, spec: effective }, observed, fields } as const;
  return decided(draftOf(change, cause, explain.explainMalformed(record.target, reason), record), drift);
}

function decideCompared(desired: Resource, record: AppliedResource, known: Known, all: ComparedSides): Decided {
  const { effective, intended } = all;
  const rotated = rotatedSecrets(record, effective, digestsAtHand(desired, known.input));
  // A rotated secret is found in the target with its former value, which nobody changed.
  const drifted = rotated.length === 0 ? all.drifted : all.drifted.filter(({ before }) => !isRotation(before, rotated));
  const drift = driftOfFields(record, drifted, all.observed, known.type);
  const forcedBy = forcingFields(known.type, all.observed, effective);
  const observed: ObservedResource = { ...placeOf(record), spec: all.observed };
  const written = { ...desired, spec: effective };
  const reasons = { ...all, target: desired.target, drifted };
  if (forcedBy.length > 0) {
    const change = { action: 'replace', desired: written, observed, forcedBy } as const;
    const taken = placeOfMove(desired, known, effective) === 'taken' ? [placeTaken(desired)] : [];
    const explanation = explain.explainReplace(forcedBy, all.observed, effective);
    return decided(draftOf(change, causeOf(intended, drifted), explanation, record), drift, taken);
  }
  if (rotated.length > 0 && intended.length === 0 && drifted.length === 0) {
    const change = { action: 'update', desired: written, observed, fields: secretFields(effective, rotated) } as const;
    const cause = { kind: 'secret-rotated', references: rotated } as const;
    return decided(draftOf(change, cause, explain.explainRotation(rotated), record), drift);
  }
  if (all.toWrite.length > 0 || rotated.length > 0) {
    const fields = withRotated(all.toWrite, secretFields(effective, rotated));
    const change = { action: 'update', desired: written, observed, fields } as const;
    return decided(draftOf(change, causeOf(intended, drifted), explain.explainUpdate(reasons), record), drift);
  }
  return decideRecordOnly(desired, record, effective, all, drift);
}

/** Nothing to write: what is left is what the state does not know yet. */
function decideRecordOnly(
  desired: Resource,
  record: AppliedResource,
  effective: JsonObject,
  all: ComparedSides,
  drift: Drift | null,
): Decided {
  if (drift !== null) {
    const names = explain.labels(drift.fields, all.applied, all.observed);
    const explanation = explain.explainAlreadyInPlace(desired.target, names);
    return decided(recordOnly(desired, record, effective, { kind: 'already-in-place' }, explanation), drift);
  }
  if (desired.address !== record.address) {
    const cause = { kind: 'renamed', from: record.address } as const;
    return decided(recordOnly(desired, record, effective, cause, explain.explainRename(record.address)), null);
  }
  const fields = [...(all.intended.length > 0 ? ['spec'] : []), ...changedRecordFields(desired, record)];
  if (fields.length === 0) return unchanged;
  const cause = { kind: 'record-changed', fields } as const;
  return decided(recordOnly(desired, record, effective, cause, explain.explainRecord(fields)), null);
}

function recordOnly(
  desired: Resource,
  record: AppliedResource,
  effective: JsonObject,
  cause: ChangeCause,
  explanation: string,
): DraftChange {
  return draftOf({ action: 'no-op', desired: { ...desired, spec: effective } }, cause, explanation, record);
}

function causeOf(intended: readonly FieldChange[], drifted: readonly FieldChange[]): ChangeCause {
  if (drifted.length === 0) return { kind: 'declaration-changed' };
  return { kind: intended.length === 0 ? 'drifted' : 'declaration-changed-and-drifted' };
}

function withRotated(toWrite: readonly FieldChange[], rotated: readonly FieldChange[]): readonly FieldChange[] {
  const named = new Set(toWrite.map(({ pointer }) => pointer));
  return [...toWrite, ...rotated.filter(({ pointer }) => !named.has(pointer))];
}

/**
 * What stands where the object is about to move: nothing that matters, the object itself when the place did not change
 * after all, what is declared already (a run was cut off between making and recording it), or something of somebody's.
 */
function placeOfMove(desired: Resource, known: Known, effective: JsonObject): 'free' | 'as-desired' | 'taken' {
  const { destination, seen, type } = known;
  if (destination === undefined || destination.state === 'absent') return 'free';
  if (destination.state === 'malformed') return 'taken';
  const { toWrite } = compareWithDeclared(type, { ...desired, spec: effective }, destination.spec);
  if (toWrite.length === 0) return 'as-desired';
  return seen.state === 'present' && jsonEquals(destination.spec, seen.spec) ? 'free' : 'taken';
}

function placeTaken(desired: Resource): Diagnostic {
  const facts = { address: desired.address, target: desired.target };
  return planDiagnostics.create('place-taken', facts, occurrenceOf(desired));
}

// --- Declared, and no record of it.

/**
 * An object that nobody has a record of is never written over. One that is already exactly as declared is taken over
 * without a write: that is what a run leaves that was cut off between making an object and recording it.
 */
function decideNew(desired: Resource, known: Known): Decided {
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
    desired: { ...desired, spec: effective },
    observed: found,
    fields: toWrite,
  } as const;
  return decided(draftOf(change, { kind: 'adopted' }, explain.explainAdopt(desired.target, names), null), null);
}

function decideCreate(desired: Resource, { type }: Known, isMissing: boolean): Decided {
  const change = { action: 'create', desired: { ...desired, spec: specToWriteWhole(type, desired, null) } } as const;
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
  const change = { action: 'adopt', desired: { ...desired, spec: effective }, observed, fields } as const;
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

// --- Recorded, and no longer declared.

function decideRemoved(record: AppliedResource, known: Known): Decided {
  const cause = { kind: 'declaration-removed' } as const;
  if (known.seen.state === 'absent') {
    const drift = driftOf(record, 'vanished', [], `It is gone from ${record.target}.`);
    return decided(
      draftOf({ action: 'forget', applied: record }, cause, explain.explainGone(record.target), record),
      drift,
    );
  }
  const { observed, drift } = observedOfRecord(record, known);
  const change: Change = record.lifecycle.retainOnDelete
    ? { action: 'forget', applied: record }
    : { action: 'delete', observed, applied: record };
  const explanation = record.lifecycle.retainOnDelete
    ? explain.explainRetained(record.target)
    : explain.explainDelete(record.target);
  return decided(draftOf(change, cause, explanation, record), drift);
}

/** The object of a record as it was found, and how it differs from what was applied. */
function observedOfRecord(
  record: AppliedResource,
  { seen, type }: Known,
): { observed: ObservedResource; drift: Drift | null } {
  const place = placeOf(record);
  if (seen.state === 'malformed') {
    const observed = { ...place, spec: type.canonical(record.spec), malformed: seen.reason };
    return {
      observed,
      drift: driftOf(record, 'malformed', [], `What ${record.target} has cannot be read: ${seen.reason}.`),
    };
  }
  const compared = compareWithApplied(type, record, seen.state === 'present' ? seen.spec : record.spec);
  return {
    observed: { ...place, spec: compared.observed },
    drift: driftOfFields(record, compared.drifted, compared.observed, type),
  };
}

// --- What all of them share.

function placeOf({ address, type, target }: Resource | AppliedResource): Omit<ObservedResource, 'spec'> {
  return { address, type, target };
}

function driftOfFields(
  record: AppliedResource,
  fields: readonly FieldChange[],
  observed: JsonObject,
  type: ResourceTypeDefinition,
): Drift | null {
  if (fields.length === 0) return null;
  const names = explain.labels(fields, type.canonical(record.spec), observed);
  return driftOf(record, 'changed', fields, explain.explainDrift(record.target, names));
}

function driftOf(record: AppliedResource, kind: Drift['kind'], fields: readonly FieldChange[], detail: string): Drift {
  return { address: record.address, kind, fields, detail };
}

function draftOf(change: Change, cause: ChangeCause, explanation: string, record: AppliedResource | null): DraftChange {
  const desired = 'desired' in change ? change.desired : null;
  const address: Address = desired?.address ?? (record as AppliedResource).address;
  const protection = explain.explainProtection(
    record?.lifecycle.protect ?? false,
    desired?.lifecycle.protect ?? record?.lifecycle.protect ?? false,
  );
  return {
    address,
    ...(record !== null && record.address !== address ? { formerAddress: record.address } : {}),
    change,
    cause,
    explanation: explanation + protection,
    reverse: reverseOf(change, cause),
    applied: record,
  };
}

function decided(change: DraftChange, drift: Drift | null, findings: readonly Diagnostic[] = []): Decided {
  return { change, isRefused: false, drift, findings };
}

function occurrenceOf({ address, source }: { readonly address: Address; readonly source?: SourceSpan }): Occurrence {
  return source === undefined ? { subject: address } : { position: source, subject: address };
}
