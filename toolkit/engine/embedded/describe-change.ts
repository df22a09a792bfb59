import type { AppliedResource, JsonObject, StagedChange } from '../../model/index.ts';
import { appliedRecord } from '../../plan/applied-record.ts';
import { effectOf } from '../../plan/effect.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import type { Intent } from '../journal/journal-entry.ts';
import type { ResolvedSpec } from '../targets/resolve-secrets.ts';

/** A planned change made ready: what is journaled, and what the target is told. */
export type PreparedChange =
  | { readonly kind: 'record'; readonly planned: PlannedChange; readonly applied: AppliedResource | null }
  | {
      readonly kind: 'effect';
      readonly planned: PlannedChange;
      readonly intent: Intent;
      /** Target on which the object stood and is taken away from, where that is another one than it goes to. */
      readonly leaves: RemoveStep | null;
      readonly target: string;
      /** In this order, in one commit. */
      readonly steps: readonly StagedChange[];
    };

export type EffectChange = Extract<PreparedChange, { readonly kind: 'effect' }>;

export interface RemoveStep {
  readonly target: string;
  readonly step: StagedChange;
}

/** Null for a change without effect. `resolved` is the desired spec with its secrets; null where there is none. */
export function prepareChange(planned: PlannedChange, resolved: ResolvedSpec | null): PreparedChange | null {
  const { change } = planned;
  const applied = resolved && 'desired' in change ? appliedRecord(change.desired, resolved.digests) : null;
  switch (effectOf(planned)) {
    case 'none':
      return null;
    case 'record':
      return { kind: 'record', planned, applied };
    default:
      return prepareEffect(planned, applied, resolved?.spec ?? null);
  }
}

function prepareEffect(
  planned: PlannedChange,
  intended: AppliedResource | null,
  spec: JsonObject | null,
): PreparedChange {
  const { change, address, formerAddress } = planned;
  if (change.action === 'no-op' || change.action === 'forget')
    throw new Error(`Bug: a ${change.action} of ${address} has no effect on its target.`);
  const known = change.action === 'create' ? null : change.observed;
  const type = intended?.type ?? known?.type ?? '';
  const target = intended?.target ?? known?.target ?? '';
  const intent: Intent = {
    address,
    ...(formerAddress === undefined ? {} : { formerAddress }),
    action: change.action,
    type,
    target,
    intended,
    before: beforeOf(planned),
  };
  const hasSecrets = Object.keys(intended?.secrets ?? {}).length > 0;
  const write: StagedChange | null = spec && {
    kind: 'write',
    address,
    type,
    spec,
    ...(hasSecrets && { sensitive: true }),
    ...(change.action === 'adopt' && { takeOver: true }),
  };
  const remove = removeStepOf(planned);
  const hasMoved = remove !== null && write !== null && remove.target !== target;
  const steps = [hasMoved ? null : (remove?.step ?? null), write].filter((step) => step !== null);
  return { kind: 'effect', planned, intent, leaves: hasMoved ? remove : null, target, steps };
}

function beforeOf({ change }: PlannedChange): Intent['before'] {
  if (!('observed' in change)) return { state: 'absent' };
  const { malformed, spec } = change.observed;
  return malformed === undefined ? { state: 'present', spec } : { state: 'malformed' };
}

// Where the object stands follows from the spec that was applied; what was observed there may have been broken by hand.
function removeStepOf({ change, applied, address }: PlannedChange): RemoveStep | null {
  if (change.action !== 'delete' && change.action !== 'replace') return null;
  const { type, target } = change.observed;
  const spec = applied?.spec ?? change.observed.spec;
  return { target, step: { kind: 'remove', address, type, spec } };
}
