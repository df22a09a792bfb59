import type { Diagnostic } from '../diagnostics/index.ts';
import type { AppliedResource, Observation } from '../model/index.ts';
import { decideManaged } from './decide-managed.ts';
import { decideNew } from './decide-new.ts';
import { decideRemoved } from './decide-removed.ts';
import {
  type Decided,
  type Decision,
  type DecisionInput,
  type Known,
  occurrenceOf,
  type Seen,
  unchanged,
} from './decision.ts';
import { decideHeldFields } from './held-fields.ts';
import type { ResourcePair } from './pair-resources.ts';
import { planDiagnostics } from './plan-diagnostics.ts';
import { isUnasked } from './unasked-targets.ts';

/** The three-way decision about one object: declared, last applied, observed. */
export function decideChange(pair: ResourcePair, input: DecisionInput): Decision {
  const seen = observationOf(pair, input);
  const unaskedBecause = seen?.state === 'unasked' ? { unaskedBecause: seen.reason } : {};
  return isUnasked(pair, input) || seen?.state === 'unasked'
    ? { ...decideObserved(pair, { ...input, observed: null }), isUnasked: true, ...unaskedBecause }
    : decideObserved(pair, input);
}

function decideObserved(pair: ResourcePair, input: DecisionInput): Decision {
  const { address, desired, record } = pair;
  const { type, target } = desired ?? (record as AppliedResource);
  const definition = input.types.get(type);
  const findings: Diagnostic[] = [];
  const occurrence = occurrenceOf(desired ?? { address });
  const seen = observationOf(pair, input);
  if (definition === undefined) findings.push(planDiagnostics.create('unknown-type', { address, type }, occurrence));
  if (seen === undefined) findings.push(planDiagnostics.create('not-observed', { address, target }, occurrence));
  if (seen?.state === 'unreadable') {
    const facts = { address, target, reason: seen.reason };
    findings.push(planDiagnostics.create('unreadable', facts, occurrence));
    return { ...unchanged, isRefused: true, pair, seen, findings };
  }
  const known: Known = {
    type: definition ?? { type, canonical: (spec) => spec },
    // What nobody could be asked for is decided without a look, so this is only for the type.
    seen: seen === undefined || seen.state === 'unasked' ? lastKnown(record) : seen,
    destination: desired === null ? undefined : input.destinations?.get(desired.address),
    input,
  };
  if (desired !== null && seen?.state === 'present' && seen.leaving !== undefined) {
    const facts = { address, target, reason: seen.leaving };
    findings.push(planDiagnostics.create('leaving', facts, occurrence));
    return { ...unchanged, isRefused: true, pair, seen, findings };
  }
  const decided = decideSides(pair, known);
  return {
    ...decided,
    pair,
    seen: known.seen,
    drift: decided.drift && { ...decided.drift, address },
    findings: findings.length === 0 ? decided.findings : [...findings, ...decided.findings],
  };
}

function decideSides({ desired, record }: ResourcePair, known: Known): Decided {
  if (desired === null) return decideRemoved(record, known);
  if (record === null) return decideNew(desired, known);
  return decideHeldFields(decideManaged(desired, record, known), desired, known);
}

/** Offline the last applied spec stands for the observed one; undefined when a target should have answered and did not. */
function observationOf({ address, record }: ResourcePair, { observed }: DecisionInput): Observation | undefined {
  return observed === null ? lastKnown(record) : observed.get(record?.address ?? address);
}

function lastKnown(record: AppliedResource | null): Seen {
  return record === null ? { state: 'absent' } : { state: 'present', spec: record.spec };
}
