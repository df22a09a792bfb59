import type { Diagnostic, Occurrence, SourceSpan } from '../diagnostics/index.ts';
import type {
  Address,
  AppliedResource,
  Change,
  FieldChange,
  JsonObject,
  Observation,
  ObservedResource,
  Resource,
  ResourceTypeDefinition,
} from '../model/index.ts';
import { compareWithApplied } from './compare-sides.ts';
import * as explain from './explanations.ts';
import type { ResourcePair } from './pair-resources.ts';
import type { ChangeCause, Drift, PlanInput, PlannedChange } from './plan.ts';
import { reverseOf } from './reverse-step.ts';

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
  /** Its target could not be asked: decided from the record alone, so that what is owed is known. */
  readonly isUnasked?: true;
  /** Why, where the rest of its target could be asked. */
  readonly unaskedBecause?: string;
}

/** The part of the input that one decision looks at. */
export type DecisionInput = Pick<PlanInput, 'types' | 'observed' | 'destinations' | 'adopt' | 'secrets' | 'unasked'>;

/** What can be compared. */
export type Seen = Exclude<Observation, { readonly state: 'unreadable' | 'unasked' }>;

/** What is known of one object besides its two sides. */
export interface Known {
  readonly type: ResourceTypeDefinition;
  readonly seen: Seen;
  readonly destination: Observation | undefined;
  readonly input: DecisionInput;
}

export type Decided = Omit<Decision, 'pair' | 'seen' | 'isUnasked' | 'unaskedBecause'>;

export const unchanged: Decided = { change: null, isRefused: false, drift: null, findings: [] };

export function placeOf({ address, type, target }: Resource | AppliedResource): Omit<ObservedResource, 'spec'> {
  return { address, type, target };
}

export function driftOfFields(
  record: AppliedResource,
  fields: readonly FieldChange[],
  observed: JsonObject,
  type: ResourceTypeDefinition,
): Drift | null {
  if (fields.length === 0) return null;
  const names = explain.labels(fields, type.canonical(record.spec), observed);
  return driftOf(record, 'changed', fields, explain.explainDrift(record.target, names));
}

export function driftOf(
  record: AppliedResource,
  kind: Drift['kind'],
  fields: readonly FieldChange[],
  detail: string,
): Drift {
  return { address: record.address, kind, fields, detail };
}

export function draftOf(
  change: Change,
  cause: ChangeCause,
  explanation: string,
  record: AppliedResource | null,
): DraftChange {
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

export function decided(change: DraftChange, drift: Drift | null, findings: readonly Diagnostic[] = []): Decided {
  return { change, isRefused: false, drift, findings };
}

export function occurrenceOf({
  address,
  source,
}: {
  readonly address: Address;
  readonly source?: SourceSpan;
}): Occurrence {
  return source === undefined ? { subject: address } : { position: source, subject: address };
}

/** The object of a record as it was found, and how it differs from what was applied. */
export function observedOfRecord(
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
