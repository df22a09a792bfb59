import { thisProcess } from '../../host/process-identity.ts';
import type { StackStore } from '../state/state-backend.ts';
import { type HeldLease, judgeLease, parseLease, printLease, type Verdict } from './lease.ts';

export interface ListedLock {
  readonly stack: string;
  readonly environment: string;
  readonly fence: number;
  /** Null when the lock cannot be read. */
  readonly lease: HeldLease | null;
  readonly verdict: Exclude<Verdict, 'free'> | 'unreadable';
}

/** The locks that somebody has, dead owners included. */
export async function listLocks(stores: readonly StackStore[]): Promise<readonly ListedLock[]> {
  const listed = await Promise.all(stores.map(lookAtLock));
  return listed.filter((lock) => lock !== null);
}

async function lookAtLock({ key, lock }: StackStore): Promise<ListedLock | null> {
  const { version, text } = await lock.read();
  if (text === null) return null;
  const lease = parseLease(text);
  if (lease === null) return { ...key, fence: version, lease, verdict: 'unreadable' };
  const verdict = judgeLease(lease, thisProcess(), Date.now());
  if (lease.state === 'released' || verdict === 'free') return null;
  return { ...key, fence: version, lease, verdict };
}

/**
 * Takes a lock away from whoever has it (`opsctl state unlock`): its holder, if it lives, stops before its next write.
 * Says whose lock it was; null when nobody had it.
 */
export async function breakLock(store: StackStore): Promise<ListedLock | null> {
  for (;;) {
    const cell = await store.lock.read();
    const held = await lookAtLock(store);
    if (held === null) return null;
    if (held.fence !== cell.version) continue; // It changed hands between the two looks.
    const { user, host, pid } = thisProcess();
    const by = `${user}@${host} (process ${pid}, state unlock)`;
    if (await store.lock.swap(cell, printLease({ state: 'released', by, at: new Date().toISOString() }))) return held;
  }
}
