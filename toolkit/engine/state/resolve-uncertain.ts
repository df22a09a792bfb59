import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Address, Observation, ResourceTypeDefinition, StackState } from '../../model/index.ts';
import type { Found, Intent } from '../journal/journal-entry.ts';
import { applyEntry } from './apply-entry.ts';
import { decideOutcome, type Sighting } from './decide-outcome.ts';
import { type LoadedStack, stackState } from './load-stack.ts';
import type { StackRecord } from './stack-record.ts';
import { stateDiagnostics } from './state-diagnostics.ts';

export interface ResolvedStack {
  /** For planning. Serial and digest are those of the stored state, which apply finds and resolves in the same way. */
  readonly state: StackState;
  readonly found: ReadonlyMap<Address, Found>;
  /** Of objects that are neither as before nor as intended, or could not be seen: errors that stop the plan. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Decides what became of changes that were cut off, by what is there now. Pure: `observeUncertain` does the looking.
 * What the user asks to adopt as it is counts as not done, so that the plan takes it over.
 */
export function resolveUncertain(
  loaded: LoadedStack,
  sightings: ReadonlyMap<Address, Sighting>,
  types: ReadonlyMap<string, ResourceTypeDefinition>,
  adopt: ReadonlySet<Address> = new Set(),
): ResolvedStack {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<Address, Found>();
  for (const [address, intent] of loaded.uncertain) {
    const sighting = sightings.get(address);
    const decided = sighting === undefined ? null : decideIntent(intent, loaded.record, sighting, types);
    if (decided !== null) found.set(address, decided);
    else if (adopt.has(address)) found.set(address, 'former');
    else diagnostics.push(unresolved(intent, sighting));
  }
  if (found.size === 0) return { state: loaded.state, found, diagnostics };
  const { serial, digest } = loaded.state;
  return { state: { ...stackState(resolvedRecord(loaded.record, found), digest), serial }, found, diagnostics };
}

export function decideIntent(
  intent: Intent,
  record: StackRecord,
  sighting: Sighting,
  types: ReadonlyMap<string, ResourceTypeDefinition>,
): Found | null {
  const type = types.get(intent.type) ?? { type: intent.type, canonical: (spec) => spec };
  const former = record.resources.get(intent.formerAddress ?? intent.address) ?? null;
  return decideOutcome({ intent, former, sighting, salt: record.salt, type });
}

export function unresolved({ address, action }: Intent, sighting: Sighting | undefined): Diagnostic {
  if (sighting === undefined)
    return stateDiagnostics.create('uncertain-unseen', { address, action }, { subject: address });
  const found = describe(sighting.atIntended);
  return stateDiagnostics.create('uncertain', { address, action, found }, { subject: address });
}

// The spec itself stays out: it may hold somebody's secret.
function describe(seen: Observation): string {
  switch (seen.state) {
    case 'absent':
      return 'nothing is there';
    case 'malformed':
      return `what is there cannot be read (${seen.reason})`;
    case 'unreadable':
    case 'unasked':
      return seen.reason;
    case 'present':
      return `an object with other values in ${Object.keys(seen.spec).sort().join(', ') || 'no field'}`;
    default:
      return seen satisfies never;
  }
}

function resolvedRecord(record: StackRecord, found: ReadonlyMap<Address, Found>): StackRecord {
  const copy: StackRecord = {
    ...record,
    resources: new Map(record.resources),
    pending: new Map([...record.pending].map(([target, changes]) => [target, new Map(changes)])),
    uncertain: new Map(record.uncertain),
    unhealthy: new Map(record.unhealthy),
    awaited: new Map(record.awaited),
  };
  for (const [address, side] of found) {
    const seq = copy.journalSeq + 1;
    applyEntry(copy, { kind: 'resolved', address, found: side, seq, run: 'planning', fence: copy.fence });
  }
  return copy;
}
