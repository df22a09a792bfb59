import { groupThousands } from '../../../toolkit/diagnostics/index.ts';
import type { ActionCounts } from '../../../toolkit/plan/index.ts';

const actionWords = {
  create: 'to create',
  update: 'to update',
  replace: 'to replace',
  delete: 'to delete',
  adopt: 'to adopt',
  forget: 'to forget',
  record: 'to record',
} as const satisfies Record<keyof ActionCounts, string>;

/** `2 to create, 1 to delete`; empty when nothing is counted. */
export function countActionWords(counts: ActionCounts): string {
  const names = Object.keys(actionWords) as (keyof ActionCounts)[];
  return names
    .filter((name) => counts[name] > 0)
    .map((name) => `${groupThousands(counts[name])} ${actionWords[name]}`)
    .join(', ');
}
