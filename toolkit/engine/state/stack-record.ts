import type { Address, AppliedResource, TargetIdentity } from '../../model/index.ts';
import type { Intent } from '../journal/journal-entry.ts';
import type { StackKey } from './state-backend.ts';

/** All that is stored of one stack. `applyEntry` is the only thing that changes one. */
export interface StackRecord {
  readonly key: StackKey;
  readonly lineage: string;
  readonly salt: string;
  serial: number;
  readonly resources: Map<Address, AppliedResource>;
  /**
   * By target: changes of a run that was cut off, found to be in place and not known to be live. An empty map is a target
   * that still has to load what it holds.
   */
  readonly pending: Map<string, Map<Address, PendingChange>>;
  /** Changes that were begun and whose outcome nobody wrote down. */
  readonly uncertain: Map<Address, Intent>;
  readonly identities: Map<string, TargetIdentity>;
  /** Applied, and not seen to work since, with what is excused (`HealthReference`). */
  readonly unhealthy: Map<Address, readonly string[]>;
  /** With its target: applied by a run that has not looked yet. A state tells it with what is unhealthy. */
  readonly awaited: Map<Address, string>;
  /** By id, the level of each policy that judged the plan that was applied last; null before one was. */
  policies: Readonly<Record<string, string>> | null;
  /** The last journal entry that is in this record. */
  journalSeq: number;
  /** The highest fencing number that has written to it. */
  fence: number;
}

export interface PendingChange {
  readonly intent: Intent;
  /** What the record was before, to go back to when the target refuses. */
  readonly former: AppliedResource | null;
}

/** The record of a stack that nothing was ever applied to. */
export function emptyRecord(key: StackKey, birth: { readonly lineage: string; readonly salt: string }): StackRecord {
  return {
    key,
    ...birth,
    serial: 0,
    resources: new Map(),
    pending: new Map(),
    uncertain: new Map(),
    identities: new Map(),
    unhealthy: new Map(),
    awaited: new Map(),
    policies: null,
    journalSeq: 0,
    fence: 0,
  };
}

/** What nobody has seen to work since it was applied: where a look was cut off, or never begun, as well as where it failed. */
export function unseen({
  unhealthy,
  awaited,
}: Pick<StackRecord, 'unhealthy' | 'awaited'>): ReadonlyMap<Address, readonly string[]> {
  const others = [...awaited.keys()].filter((address) => !unhealthy.has(address));
  return new Map([...unhealthy, ...others.map((address) => [address, []] as const)]);
}
