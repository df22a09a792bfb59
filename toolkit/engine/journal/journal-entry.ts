import type { Address, AppliedResource, Change, Digest, JsonObject, TargetIdentity } from '../../model/index.ts';
import type { RunOutcome } from '../history/history-entry.ts';

/** What is about to be done to one object, written down before it is done. */
export interface Intent {
  readonly address: Address;
  /** Where the state knows the object, when a rename comes along with the change. */
  readonly formerAddress?: Address;
  readonly action: Exclude<Change['action'], 'no-op' | 'forget'>;
  readonly type: string;
  readonly target: string;
  /** The record after the change; null for a delete. */
  readonly intended: AppliedResource | null;
  /** What the plan saw there, secrets as references. */
  readonly before: Before;
}

export type Before =
  | { readonly state: 'absent' | 'malformed' }
  | { readonly state: 'present'; readonly spec: JsonObject };

/** What happened, as the journal tells it. Whatever an entry changes in a state is in `apply-entry.ts`. */
export type JournalEvent =
  /** First line of a journal: the state that it continues. Journals of format 1 do not say whose they are. */
  | { readonly kind: 'checkpoint'; readonly format: 1; readonly serial: number; readonly state: Digest }
  | {
      readonly kind: 'checkpoint';
      readonly format: 2;
      readonly environment: string;
      readonly stack: string;
      readonly serial: number;
      readonly state: Digest;
    }
  | {
      readonly kind: 'run-started';
      readonly at: string;
      readonly lineage: string;
      readonly plan: Digest | null;
      readonly by: string;
      readonly command: string;
      /** Who ran it, and who approved its plan. Journals from before the history do not say. */
      readonly user?: string;
      readonly host?: string;
      readonly approvedBy?: string | null;
      readonly approved?: readonly string[];
    }
  | { readonly kind: 'intents'; readonly wave: number; readonly intents: readonly Intent[] }
  /** Intended, and then never begun. */
  | { readonly kind: 'abandoned'; readonly addresses: readonly Address[] }
  /** Handed to the target. It counts once the target has accepted: until then nobody knows whether it is in place. */
  | { readonly kind: 'staged'; readonly address: Address }
  /** The target did not take it, and is known to be as before. */
  | { readonly kind: 'not-staged'; readonly address: Address; readonly reason: string }
  /** An intent without outcome, decided by looking. What is as intended may still have to be loaded by its target. */
  | { readonly kind: 'resolved'; readonly address: Address; readonly found: Found }
  /** A change of the record alone: nothing in the target was touched. */
  | {
      readonly kind: 'recorded';
      readonly address: Address;
      readonly formerAddress?: Address;
      readonly applied: AppliedResource | null;
    }
  | { readonly kind: 'commit-started'; readonly target: string; readonly changes: number }
  | {
      readonly kind: 'commit-accepted';
      readonly target: string;
      readonly identity: TargetIdentity;
      /** Changes that are live by it. */
      readonly addresses: readonly Address[];
    }
  /** What became of its changes follows, by looking. */
  | { readonly kind: 'commit-refused'; readonly target: string; readonly reason: string }
  /** A change that an earlier run had left in place is gone again: its target refused it. */
  | { readonly kind: 'put-back'; readonly address: Address; readonly target: string; readonly found: Found }
  /** Live from now on, and not seen to work yet: the `health` of the target says what became of all of these. */
  | { readonly kind: 'health-awaited'; readonly target: string; readonly addresses: readonly Address[] }
  | {
      readonly kind: 'health';
      readonly target: string;
      readonly healthy: number;
      readonly unhealthy: number;
      /** Those that are not, with what is excused, and those that were not before and are now. Old journals do not say. */
      readonly failing?: Readonly<Record<Address, readonly string[]>>;
      readonly working?: readonly Address[];
    }
  /** What judged the plan that is carried out, where that is not what judged the one before. */
  | { readonly kind: 'judged'; readonly policies: Readonly<Record<string, string>> }
  | {
      readonly kind: 'run-ended';
      readonly at: string;
      readonly done: number;
      readonly failed: number;
      readonly skipped: number;
      readonly outcome?: RunOutcome;
    };

/** Which side of an intent a look at the target found. */
export type Found = 'intended' | 'former' | 'absent';

/** An event with its place: what one line of the journal holds. */
export type JournalEntry = JournalEvent & {
  /** Rises by one from entry to entry, over all runs of a state. */
  readonly seq: number;
  readonly run: string;
  /** Fencing number of the writer; an entry of a lower number than one before it does not count. */
  readonly fence: number;
};

export const journalKinds = {
  checkpoint: true,
  'run-started': true,
  intents: true,
  abandoned: true,
  staged: true,
  'not-staged': true,
  resolved: true,
  recorded: true,
  'commit-started': true,
  'commit-accepted': true,
  'commit-refused': true,
  'put-back': true,
  'health-awaited': true,
  health: true,
  judged: true,
  'run-ended': true,
} as const satisfies Readonly<Record<JournalEvent['kind'], true>>;
