import type { Change, ObservedResource } from '../model/index.ts';
import type { ChangeCause, ReverseStep } from './plan.ts';
import { lacksSecret } from './secret-mask.ts';

/** What would undo a change, once carried out. Null where nothing in the real system changes, or nothing can undo it. */
export function reverseOf(change: Change, cause: ChangeCause): ReverseStep | null {
  switch (change.action) {
    case 'create':
      return { action: 'delete', text: `Remove it from ${change.desired.target} again.` };
    case 'update':
    case 'adopt':
      return reverseOfWrite(change, cause);
    case 'replace':
    case 'delete':
      return reverseOfRemoval(change.observed);
    case 'forget':
    case 'no-op':
      return null;
    default:
      return change satisfies never;
  }
}

function reverseOfRemoval({ target, spec, malformed }: ObservedResource): ReverseStep | null {
  if (lacksSecret(spec)) return null;
  const was = malformed === undefined ? 'as it was' : 'as it was last applied';
  return { action: 'create', text: `Make it in ${target} ${was}, from the spec in this plan.` };
}

function reverseOfWrite(
  change: Extract<Change, { action: 'update' | 'adopt' }>,
  cause: ChangeCause,
): ReverseStep | null {
  const { malformed, spec } = change.observed;
  const isLost = malformed !== undefined || lacksSecret(spec) || cause.kind === 'secret-rotated';
  if (isLost || change.fields.length === 0) return null;
  // Which fields stands beside it wherever a plan is shown.
  const values = change.fields.length === 1 ? 'former value' : 'former values';
  return { action: 'update', text: `Write the ${values} back to ${change.observed.target}.` };
}
