import type { AppliedResource, Change } from '../model/index.ts';
import { type Decided, decided, draftOf, driftOf, type Known, observedOfRecord } from './decision.ts';
import * as explain from './explanations.ts';

/** About an object that the state has a record of and that is no longer declared. */
export function decideRemoved(record: AppliedResource, known: Known): Decided {
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
