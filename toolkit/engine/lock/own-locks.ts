import { randomUUID } from 'node:crypto';
import type { HeldLease } from './lease.ts';

/**
 * The locks that this process (and thread) has, by id. A long-running process may fail to write that it has released a
 * lock, on a full disk for one; its lease would then stand as long as the process lives, and keep the process itself out.
 */
const liveIds = new Set<string>();
const prefix = `${randomUUID()}/`;

/** To be called before the lease is written, so that a second taker in this process never sees it as left over. */
export function newLockId(): string {
  const id = prefix + randomUUID();
  liveIds.add(id);
  return id;
}

export function forgetLockId(id: string): void {
  liveIds.delete(id);
}

/** A lease that this process wrote for a lock that it no longer has. */
export function isOwnLeftover({ id }: HeldLease): boolean {
  return id.startsWith(prefix) && !liveIds.has(id);
}
