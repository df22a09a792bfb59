import type { Failure } from '../../diagnostics/index.ts';

/** Names one stored state. */
export interface StackKey {
  readonly environment: string;
  readonly stack: string;
}

/**
 * Where states live. It knows bytes and order, not their meaning: reading, judging, replaying and leasing are the same
 * for every backend. All pass one contract suite (`toolkit/testing/describe-state-backend.ts`).
 */
export interface StateBackend {
  /** For people: `files under .opsctl/state`. */
  readonly description: string;
  /** Stacks that have a state in the environment, or what is left of one, in name order. */
  listStacks(environment: string): Promise<readonly string[]>;
  /** Those, and stacks of which there is a lock alone: a first run is under way, or was. */
  listTouched(environment: string): Promise<readonly string[]>;
  open(key: StackKey): StackStore;
}

export interface StackStore {
  readonly key: StackKey;
  /** Where to look, for people. */
  readonly location: string;
  /** Null when there is none. `previous` is the generation before the last write. */
  readState(generation: Generation): Promise<Uint8Array | null>;
  /**
   * Replaces the state as one durable step; what was there becomes `previous`, unless it is not worth that
   * (`keepPrevious`), as when a damaged state is replaced.
   */
  writeState(content: Uint8Array, options?: { readonly keepPrevious: boolean }): Promise<void>;
  readJournal(generation: Generation): Promise<Uint8Array | null>;
  /** Starts a new journal with these first lines; what was there becomes `previous`. */
  rotateJournal(firstLines: string): Promise<void>;
  /** Opens the journal for appending behind its first `length` bytes; a torn tail behind them is cut off. */
  openJournal(length: number): Promise<JournalAppender>;
  /** Every run of the stack, a line each; null when there was none. */
  readHistory(): Promise<Uint8Array | null>;
  /** Adds a line behind all others, durably. What a torn write left before it stays, on a line of its own. */
  appendHistory(line: string): Promise<void>;
  /** Keeps copies of both generations of state and journal as they are, for people to look into; says where they are. */
  keepAside(label: string): Promise<readonly string[]>;
  readonly lock: LockRegister;
}

export type Generation = 'latest' | 'previous';

export interface JournalAppender {
  /** Survives the death of this process when it returns. */
  append(lines: string): Promise<void>;
  /** What was appended before survives a power cut when this returns. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A cell with compare-and-swap. Its version rises by one with every swap and never falls, so it serves as the fencing
 * number of whoever swapped.
 */
export interface LockRegister {
  /** Version 0 with null before the first swap. Its text may be beyond reading; the next version can be swapped in anyway. */
  read(): Promise<LockCell>;
  /** Puts the text in place as the version after `expected`, if that still is the newest. Of two callers one wins. */
  swap(expected: LockCell, text: string): Promise<boolean>;
  /** Renews the text of a version. Changes nothing for readers if a newer version is there. */
  renew(version: number, text: string): Promise<void>;
}

export interface LockCell {
  readonly version: number;
  readonly text: string | null;
  /** Why there is a text that cannot be read; `text` is empty then. */
  readonly trouble?: Failure;
}
