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
    locks.map(({ stack, environment, fence, verdict, lease }) => ({
      event: 'lock',
      stack,
      environment,
      fence,
      verdict,
      lease,
    })),
};

const verdicts: Readonly<Record<ListedLock['verdict'], string>> = {
  held: 'held',
  'owner-gone': 'left behind by a process that is gone; the next run takes it over',
  expired: 'expired; the next run takes it over',
  unreadable: 'not readable',
};

function describe({ verdict, lease }: ListedLock): string {
  if (lease === null) return verdicts[verdict];
  const { owner, command, since, heartbeat } = lease;
  return `${verdicts[verdict]} by ${owner.user}@${owner.host} (process ${owner.pid}, ${command}) since ${since}, last heartbeat ${heartbeat}`;
}
