import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import { type ProcessIdentity, thisProcess } from '../../host/process-identity.ts';
import type { LockCell, StackStore } from '../state/state-backend.ts';
import { HeldLock } from './held-lock.ts';
import { type HeldLease, judgeLease, printLease, readLease } from './lease.ts';
import { lockDiagnostics } from './lock-diagnostics.ts';
import { forgetLockId, isOwnLeftover, newLockId } from './own-locks.ts';

export interface LockOptions {
  /** What is being run, for whoever has to wait. */
  readonly command: string;
  /** How long to wait for another holder; 0 refuses at once. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
  readonly heartbeatMs?: number;
  readonly expiresAfterMs?: number;
  /** Told once, when waiting begins. */
  readonly onWait?: (failure: Failure) => void;
}

/** Takes the locks of several stacks, always in name order, so that two runs cannot wait for each other. */
export async function acquireLocks(stores: readonly StackStore[], options: LockOptions): Promise<readonly HeldLock[]> {
  const inOrder = [...stores].sort((left, right) => (left.key.stack < right.key.stack ? -1 : 1));
  const deadline = performance.now() + options.waitMs;
  const held: HeldLock[] = [];
  try {
    for (const store of inOrder)
      held.push(await acquireLock(store, { ...options, waitMs: deadline - performance.now() }));
    return held;
  } catch (error) {
    await releaseLocks(held);
    throw error;
  }
}

export async function releaseLocks(locks: readonly HeldLock[]): Promise<void> {
  await Promise.all(locks.map((lock) => lock.release()));
}

/**
 * Takes the lock of one stack. Of several that find it free, or its owner dead, the register lets one through; the
 * others look again and find a live owner.
 */
export async function acquireLock(store: StackStore, options: LockOptions): Promise<HeldLock> {
  const here = thisProcess();
  const deadline = performance.now() + options.waitMs;
  let hasWaited = false;
  let silence: Silence = { text: null, since: performance.now() };
  for (;;) {
    const cell = await store.lock.read();
    if (silence.text !== cell.text) silence = { text: cell.text, since: performance.now() };
    const obstacle = obstacleIn(cell, store, here, performance.now() - silence.since);
    if (obstacle === null) {
      const lock = await tryToTake(store, cell, here, options);
      if (lock !== null) return lock;
    }
    // Losing a race says that somebody holds it now; the next look tells who.
    if (obstacle !== null && performance.now() >= deadline) throw obstacle;
    options.signal?.throwIfAborted();
    if (obstacle !== null && !hasWaited) options.onWait?.(obstacle);
    hasWaited ||= obstacle !== null;
    await sleep(
      obstacle === null ? 0 : pauseMs(),
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    );
  }
}

/** Heartbeats of a healthy owner: six of them may be lost before it counts as dead. */
const defaultHeartbeatMs = 5_000;
const defaultExpiresAfterMs = 30_000;

/** Since when a lock says the same, by a clock that cannot be set. */
interface Silence {
  readonly text: string | null;
  readonly since: number;
}

function obstacleIn(cell: LockCell, { key }: StackStore, here: ProcessIdentity, silentMs: number): Failure | null {
  if (cell.trouble !== undefined) return cell.trouble;
  if (cell.text === null) return null;
  const read = readLease(cell.text);
  if (!read.ok)
    return new Failure(lockDiagnostics.create('unreadable', { ...key, problem: read.problem }, { subject: key.stack }));
  const { lease } = read;
  const verdict = judgeLease(lease, here, Date.now());
  if (lease.state === 'released' || isOwnLeftover(lease)) return null;
  // Of a heart that should have beaten while somebody looked on, no clock but the own one is needed to say that it stopped.
  if (verdict === 'ahead' && silentMs > lease.expiresAfterMs) return null;
  if (verdict !== 'held' && verdict !== 'ahead') return null;
  const { user, host, pid } = lease.owner;
  const { command, since, heartbeat } = lease;
  const facts = { ...key, user, host, pid, command, since, heartbeat };
  return new Failure(lockDiagnostics.create(verdict, facts, { subject: key.stack }));
}

async function tryToTake(
  store: StackStore,
  cell: LockCell,
  owner: ProcessIdentity,
  options: LockOptions,
): Promise<HeldLock | null> {
  const { command, heartbeatMs = defaultHeartbeatMs, expiresAfterMs = defaultExpiresAfterMs } = options;
  const since = new Date().toISOString();
  const id = newLockId();
  const lease: HeldLease = { state: 'held', owner, id, command, since, heartbeat: since, expiresAfterMs };
  if (!(await store.lock.swap(cell, printLease(lease)))) {
    forgetLockId(id);
    return null;
  }
  return new HeldLock(store.key, store.lock, cell.version + 1, lease, heartbeatMs);
}

// At random, so that those who wait together do not come back together.
function pauseMs(): number {
  return 50 + Math.random() * 150;
}
