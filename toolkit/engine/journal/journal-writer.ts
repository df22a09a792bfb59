import type { HeldLock } from '../lock/held-lock.ts';
import { applyEntry } from '../state/apply-entry.ts';
import type { StackRecord } from '../state/stack-record.ts';
import type { JournalAppender } from '../state/state-backend.ts';
import type { JournalEntry, JournalEvent } from './journal-entry.ts';
import { printJournalLine } from './journal-line.ts';

/**
 * Writes what happens to one stack: each event is carried into the record and appended to the journal. Lines that come
 * while an append is under way go with the next one, so many changes at once cost few writes.
 */
export class JournalWriter {
  readonly record: StackRecord;
  readonly #run: string;
  readonly #fence: number;
  readonly #lock: HeldLock;
  readonly #appender: JournalAppender;
  #waiting: string[] = [];
  #appending: Promise<void> | null = null;
  #broken: { readonly reason: unknown } | null = null;

  constructor(record: StackRecord, run: string, lock: HeldLock, appender: JournalAppender) {
    this.record = record;
    this.#run = run;
    // Higher than any that wrote before, even if the lock was removed by hand and counts from one again.
    this.#fence = Math.max(lock.fence, record.fence + 1);
    this.#lock = lock;
    this.#appender = appender;
  }

  /** Notes an event. It survives the death of the process after the next `flush`, a power cut after the next `sync`. */
  note(event: JournalEvent): void {
    const entry: JournalEntry = { seq: this.record.journalSeq + 1, run: this.#run, fence: this.#fence, ...event };
    applyEntry(this.record, entry);
    this.#waiting.push(printJournalLine(entry));
  }

  /** Throws the Failure of the first append that failed, then and ever after: what comes behind a gap must not be there. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#appending !== null) {
      if (this.#broken !== null) throw this.#broken.reason;
      this.#appending ??= this.#append();
      await this.#appending;
    }
    if (this.#broken !== null) throw this.#broken.reason;
  }

  async sync(): Promise<void> {
    await this.flush();
    await this.#appender.sync();
  }

  async close(): Promise<void> {
    await this.#appender.close();
  }

  async #append(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = [];
    try {
      await this.#lock.assertHeld();
      await this.#appender.append(lines.join(''));
    } catch (error) {
      this.#broken = { reason: error };
    } finally {
      this.#appending = null;
    }
  }
}
