import type { JournalEntry } from '../journal/journal-entry.ts';
import type { StackKey, StackStore } from '../state/state-backend.ts';
import { type HistoryEntry, parseHistory, printHistoryLine, type RunOutcome } from './history-entry.ts';

/** Writes down what runs that were cut off have left out of the history; called under the lock, before a new run begins. */
export async function recordCutOffRuns(store: StackStore, journal: readonly JournalEntry[]): Promise<void> {
  for (const entry of await findUnrecordedRuns(store, journal)) await store.appendHistory(printHistoryLine(entry));
}

/** Runs that the journal tells of and the history does not: each was cut off before its end, or is under way. */
export async function findUnrecordedRuns(
  store: StackStore,
  journal: readonly JournalEntry[],
): Promise<readonly HistoryEntry[]> {
  const begun = journal.filter((entry) => entry.kind === 'run-started');
  if (begun.length === 0) return [];
  const known = new Set(parseHistory(await store.readHistory()).entries.map(({ run }) => run));
  return begun
    .filter(({ run }) => !known.has(run))
    .flatMap((start) =>
      describe(
        store.key,
        start,
        journal.filter(({ run }) => run === start.run),
      ),
    );
}

type RunStarted = Extract<JournalEntry, { readonly kind: 'run-started' }>;

function describe(key: StackKey, start: RunStarted, entries: readonly JournalEntry[]): readonly HistoryEntry[] {
  const end = entries.find((entry) => entry.kind === 'run-ended');
  const settled = settledIn(entries);
  const intended = entries.flatMap((entry) => (entry.kind === 'intents' ? entry.intents : [])).length;
  const counts =
    end === undefined
      ? { done: settled, failed: 0, skipped: 0, unsettled: Math.max(0, intended - settled) }
      : { done: end.done, failed: end.failed, skipped: end.skipped, unsettled: 0 };
  // A run that ended without touching this stack has nothing to tell of it.
  if (end !== undefined && counts.done + counts.failed + counts.skipped === 0) return [];
  const outcome: RunOutcome = end === undefined ? 'cut-off' : (end.outcome ?? 'done');
  const { run, command, plan, at, user = '', host = '', approvedBy = null, approved = [] } = start;
  const facts = { run, command, plan, startedAt: at, endedAt: end?.at ?? new Date().toISOString() };
  // The serial of a state that is still to be settled says nothing.
  return [{ ...key, ...facts, user, host, approvedBy, approved, ...counts, outcome, serial: 0 }];
}

function settledIn(entries: readonly JournalEntry[]): number {
  return entries.reduce((sum, entry) => {
    if (entry.kind === 'commit-accepted') return sum + entry.addresses.length;
    return entry.kind === 'recorded' ? sum + 1 : sum;
  }, 0);
}
