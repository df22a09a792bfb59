import type { ListedLock } from '../../toolkit/engine/lock/list-locks.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

export interface LockList {
  readonly environment: string;
  readonly locks: readonly ListedLock[];
}

export const locksView: View<LockList> = {
  human({ environment, locks }, { paint }) {
    if (locks.length === 0) return `Nobody holds a lock in ${environment}.\n`;
    return harmless(locks)
      .map((lock) => `${paint('bold', lock.stack)}: ${describe(lock)}\n`)
      .join('');
  },
  events: ({ locks }) =>
    locks.map(({ stack, environment, fence, verdict, lease, problem }) => ({
      event: 'lock',
      stack,
      environment,
      fence,
      verdict,
      lease,
      problem,
    })),
};

const verdicts: Readonly<Record<ListedLock['verdict'], string>> = {
  held: 'held',
  'owner-gone': 'left behind by a process that is gone; the next run takes it over',
  expired: 'expired; the next run takes it over',
  ahead: 'held, with a heartbeat from the future,',
  unreadable: 'not readable',
};

function describe(lock: ListedLock): string {
  const verdict = verdicts[lock.verdict];
  return lock.lease === null ? `${verdict}. ${lock.problem ?? ''}` : `${verdict} by ${describeHolder(lock)}`;
}

/** Who has, or had, a lock. */
export function describeHolder({ lease }: ListedLock): string {
  if (lease === null) return 'somebody whom it does not name';
  const { owner, command, since, heartbeat } = harmless(lease);
  return `${owner.user}@${owner.host} (process ${owner.pid}, ${command}) since ${since}, last heartbeat ${heartbeat}`;
}
