import { printJournalLine } from '../journal/journal-line.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import { printState } from './print-state.ts';
import type { StackRecord } from './stack-record.ts';
import type { StackStore } from './state-backend.ts';

/**
 * Writes the record as the new state and begins a new journal behind it. Cut off between the two, the old journal stands
 * beside a state that holds all of it, and a replay passes over what the state holds.
 *
 * The former state and journal stay as `previous`: the one replayed with the other gives this state again.
 */
export async function writeCheckpoint(store: StackStore, record: StackRecord, lock: HeldLock): Promise<number> {
  await lock.assertHeld();
  const { content, digest } = printState(record);
  await store.writeState(content);
  await lock.assertHeld();
  const line = printJournalLine({
    kind: 'checkpoint',
    format: 2,
    ...store.key,
    serial: record.serial,
    state: digest,
    seq: record.journalSeq + 1,
    run: 'checkpoint',
    fence: record.fence,
  });
  await store.rotateJournal(line);
  record.journalSeq += 1;
  return Buffer.byteLength(line);
}
