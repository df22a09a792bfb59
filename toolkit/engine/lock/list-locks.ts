import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import { thisProcess } from '../../host/process-identity.ts';
import type { StackStore } from '../state/state-backend.ts';
import { type HeldLease, judgeLease, printLease, readLease, type Verdict } from './lease.ts';

export interface ListedLock {
  readonly stack: string;
  readonly environment: string;
  readonly fence: number;
  /** Null when the lock cannot be read. */
  readonly lease: HeldLease | null;
  readonly verdict: Exclude<Verdict, 'free'> | 'unreadable';
  /** What an unreadable one has instead of a lease; null for any other. */
  readonly problem: string | null;
}

export interface LockList {
  readonly locks: readonly ListedLock[];
  /** Of places that cannot be looked into: nobody can say whether there is a lock. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The locks that somebody has, dead owners included. */
export async function listLocks(stores: readonly StackStore[]): Promise<LockList> {
  const listed = await Promise.all(stores.map(lookOrTell));
  return {
    locks: listed.flatMap(({ lock }) => lock ?? []),
    diagnostics: listed.flatMap(({ diagnostic }) => diagnostic ?? []),
  };
}

interface Look {
  readonly lock: ListedLock | null;
  readonly diagnostic: Diagnostic | null;
}

async function lookOrTell(store: StackStore): Promise<Look> {
  try {
    return { lock: await lookAtLock(store), diagnostic: null };
  } catch (error) {
    if (error instanceof Failure) return { lock: null, diagnostic: error.diagnostic };
    throw error;
  }
}

async function lookAtLock({ key, lock }: StackStore): Promise<ListedLock | null> {
  const { version, text, trouble } = await lock.read();
  if (text === null) return null;
  const read = readLease(text);
  if (!read.ok) {
    const problem = trouble?.diagnostic.detail ?? `It has ${read.problem}.`;
    return { ...key, fence: version, lease: null, verdict: 'unreadable', problem };
  }
  const { lease } = read;
  const verdict = judgeLease(lease, thisProcess(), Date.now());
  if (lease.state === 'released' || verdict === 'free') return null;
  return { ...key, fence: version, lease, verdict, problem: null };
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
