import { randomBytes, randomUUID } from 'node:crypto';
import { jsonEquals } from '../../model/index.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ApplyOptions } from '../engine.ts';
import { startOf } from '../history/run-start.ts';
import { recordCutOffRuns } from '../history/unrecorded-runs.ts';
import { JournalWriter } from '../journal/journal-writer.ts';
import { acquireLocks } from '../lock/acquire-lock.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import type { LoadedStack } from '../state/load-stack.ts';
import { emptyRecord } from '../state/stack-record.ts';
import type { StackStore, StateBackend } from '../state/state-backend.ts';
import { writeCheckpoint } from '../state/write-checkpoint.ts';
import type { StackRun } from './run.ts';

/** What is being run, and where it is written down. */
export interface RunSettings {
  readonly backend: StateBackend;
  /** For whoever meets the lock: `opsctl apply`. */
  readonly command: string;
  readonly heartbeatMs?: number;
  readonly expiresAfterMs?: number;
}

/** Takes the locks of all stacks of a plan, and says once for each that it waits. The caller releases them. */
export async function lockStacks(
  stores: readonly StackStore[],
  { lockTimeoutMs, signal, onEvent }: ApplyOptions,
  { command, heartbeatMs, expiresAfterMs }: RunSettings,
): Promise<readonly HeldLock[]> {
  return await acquireLocks(stores, {
    ...{ command, waitMs: lockTimeoutMs, signal },
    onWait: ({ diagnostic }) => {
      const { subject: stack = '', detail } = diagnostic;
      onEvent({ kind: 'waiting-for-lock', stack, detail });
    },
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    ...(expiresAfterMs === undefined ? {} : { expiresAfterMs }),
  });
}

/**
 * Opens the journals, tells the history what earlier runs have left out of it, and notes that this one begins and which
 * policies judged its plan. Each is in `stacks` as soon as it is open, so that the caller can close it whatever happens.
 */
export async function beginStacks(
  plan: Plan,
  { approvedBy }: Pick<ApplyOptions, 'approvedBy'>,
  { backend, command }: RunSettings,
  locks: readonly HeldLock[],
  loaded: ReadonlyMap<string, LoadedStack>,
  stacks: Map<string, StackRun>,
): Promise<void> {
  const start = startOf(plan, { approvedBy, command });
  for (const lock of locks) {
    const store = backend.open(lock.key);
    const known = loaded.get(lock.key.stack);
    if (known === undefined) throw new Error(`Bug: stack ${lock.key.stack} was not loaded.`);
    await recordCutOffRuns(store, known.journal.entries);
    const isBorn = known.record.lineage !== '';
    const record = isBorn
      ? known.record
      : emptyRecord(lock.key, { lineage: randomUUID(), salt: randomBytes(32).toString('hex') });
    const length = isBorn ? known.journal.length : await writeCheckpoint(store, record, lock);
    const journal = new JournalWriter(record, start.run, lock, await store.openJournal(length));
    stacks.set(lock.key.stack, { store, lock, journal, serial: record.serial, start });
    const { run: _, startedAt: at, ...facts } = start;
    journal.note({ kind: 'run-started', at, lineage: record.lineage, by: `process ${process.pid}`, ...facts });
    const { policies } = plan;
    if (policies !== undefined && !jsonEquals(policies, record.policies ?? undefined))
      journal.note({ kind: 'judged', policies });
  }
}
