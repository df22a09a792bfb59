import {
  type AppliedResource,
  addressFields,
  type FieldChange,
  type JsonObject,
  jsonEquals,
  type ObservedResource,
  type Resource,
  type ResourceTypeDefinition,
} from '../model/index.ts';
import { changedRecordFields } from './applied-record.ts';
import { type ComparedSides, compareSides, forcingFields, specToWriteWhole } from './compare-sides.ts';
import {
  type Decided,
  type DecisionInput,
  type DraftChange,
  decided,
  draftOf,
  driftOf,
  driftOfFields,
  type Known,
  observedOfRecord,
  placeOf,
  unchanged,
} from './decision.ts';
import * as explain from './explanations.ts';
import { placeOfMove, placeTaken } from './place-of-move.ts';
import type { ChangeCause, Drift } from './plan.ts';
import { isRotation, rotatedSecrets, secretFields } from './rotated-secrets.ts';
import { secretKey } from './secret-mask.ts';
import { withSpec } from './with-spec.ts';

/** About an object that is declared and that the state has a record of. */
export function decideManaged(desired: Resource, record: AppliedResource, known: Known): Decided {
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
  const place = placeOfMove(desired, record, known, effective);
  if (place === 'as-desired') {
    const cause = { kind: 'already-in-place' } as const;
    return decided(
      recordOnly(desired, record, effective, cause, explain.explainAlreadyInPlace(desired.target, [])),
      drift,
    );
  }
  const change = { action: 'create', desired: withSpec(desired, effective) } as const;
  const draft = draftOf(change, { kind: 'vanished' }, explain.explainVanished(record.target), record);
  return decided(draft, drift, place === 'taken' ? [placeTaken(desired)] : []);
}

function decideMoved(desired: Resource, record: AppliedResource, known: Known): Decided {
  const { observed, drift } = observedOfRecord(record, known);
  const effective = specToWriteWhole(known.type, desired, observed.spec);
  const change = { action: 'replace', desired: withSpec(desired, effective), observed, forcedBy: [] } as const;
  const cause = { kind: 'target-changed', from: record.target } as const;
  const draft = draftOf(change, cause, explain.explainTargetChange(record.target, desired.target), record);
  return decided(draft, drift, placeOfMove(desired, record, known, effective) === 'taken' ? [placeTaken(desired)] : []);
}

function decideMalformed(desired: Resource, record: AppliedResource, known: Known, reason: string): Decided {
  const { observed, drift } = observedOfRecord(record, known);
  const effective = specToWriteWhole(known.type, desired, observed.spec);
  const isIntended = !jsonEquals(observed.spec, effective);
  const cause = { kind: isIntended ? 'declaration-changed-and-drifted' : 'drifted' } as const;
  // An unreadable object that is declared elsewhere now would be left behind by an update.
  const forcedBy = forcingFields(known.type, observed.spec, effective);
  if (forcedBy.length > 0) {
    const change = { action: 'replace', desired: withSpec(desired, effective), observed, forcedBy } as const;
    const taken = placeOfMove(desired, record, known, effective) === 'taken' ? [placeTaken(desired)] : [];
    return decided(
      draftOf(change, cause, explain.explainReplace(forcedBy, observed.spec, effective), record),
      drift,
      taken,
    );
  }
  const fields = [{ pointer: '', after: effective }];
  const change = { action: 'update', desired: withSpec(desired, effective), observed, fields } as const;
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
  const written = withSpec(desired, effective);
  const reasons = { ...all, target: desired.target, drifted };
  if (forcedBy.length > 0) {
    const change = { action: 'replace', desired: written, observed, forcedBy } as const;
    const taken = placeOfMove(desired, record, known, effective) === 'taken' ? [placeTaken(desired)] : [];
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
  return draftOf({ action: 'no-op', desired: withSpec(desired, effective) }, cause, explanation, record);
}

function causeOf(intended: readonly FieldChange[], drifted: readonly FieldChange[]): ChangeCause {
  if (drifted.length === 0) return { kind: 'declaration-changed' };
  return { kind: intended.length === 0 ? 'drifted' : 'declaration-changed-and-drifted' };
}

function withRotated(toWrite: readonly FieldChange[], rotated: readonly FieldChange[]): readonly FieldChange[] {
  const named = new Set(toWrite.map(({ pointer }) => pointer));
  return [...toWrite, ...rotated.filter(({ pointer }) => !named.has(pointer))];
}
