import type { PlannedChange } from './plan.ts';

/**
 * What carrying out a change does: `write` and `remove` touch the real system; `record` only the state (a rename, an
 * object that is already as declared, a record to drop); `none` is an unchanged resource that others wait for.
 */
export type Effect = 'write' | 'remove' | 'record' | 'none';

export function effectOf({ change, cause }: Pick<PlannedChange, 'change' | 'cause'>): Effect {
  switch (change.action) {
    case 'create':
    case 'update':
    case 'replace':
      return 'write';
    case 'adopt':
      return change.fields.length > 0 ? 'write' : 'record';
    case 'delete':
      return 'remove';
    case 'forget':
      return 'record';
    case 'no-op':
      return cause.kind === 'unchanged' ? 'none' : 'record';
    default:
      return change satisfies never;
  }
}
