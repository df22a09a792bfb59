import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import type { Address, Digest, StackState } from '../../model/index.ts';
import type { Intent } from '../journal/journal-entry.ts';
import { strangerIn } from '../journal/journal-owner.ts';
import { type JournalContent, readJournal } from '../journal/read-journal.ts';
import { replay } from './apply-entry.ts';
import { parseState } from './parse-state.ts';
import { digestState, withoutMootDependencies } from './print-state.ts';
import { emptyRecord, type StackRecord, unseen } from './stack-record.ts';
import type { StackStore } from './state-backend.ts';
import { stateDiagnostics } from './state-diagnostics.ts';

/** The true state of a stack: what is stored, and what the journal tells of a run that was cut off. */
export interface LoadedStack {
  readonly state: StackState;
  /**
   * Begun, with an outcome that nobody wrote down. Look at these objects and call `resolveUncertain` before planning.
   */
  readonly uncertain: ReadonlyMap<Address, Intent>;
  /** Worth telling, and no obstacle. */
  readonly notices: readonly Diagnostic[];
  readonly record: StackRecord;
  /** How far the journal beside it can be read; null when there is nothing to add to. */
  readonly journal: JournalContent;
}

export type LoadResult =
  | { readonly ok: true; readonly loaded: LoadedStack }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads one stack. Needs no lock: what a run does meanwhile is seen up to some entry of its journal. */
export async function loadStack(store: StackStore): Promise<LoadResult> {
  try {
    return await readStack(store);
  } catch (error) {
    // A folder or file that cannot be read is one more thing that can be wrong with one of many states.
    if (error instanceof Failure) return { ok: false, diagnostics: [error.diagnostic] };
    throw error;
  }
}

async function readStack(store: StackStore): Promise<LoadResult> {
  const place = { ...store.key, location: store.location };
  // The journal first. If a run ends between the two reads, the state is the newer one and already holds these entries;
  // the other way round, an old state would meet an emptied journal.
  const journal = readJournal(await store.readJournal('latest'));
  const content = await store.readState('latest');
  const faults = journalFaults(journal, place);
  if (content === null) {
    if (await isAnythingLeft(store, journal))
      return { ok: false, diagnostics: [stateDiagnostics.create('lost', place), ...faults] };
    return { ok: true, loaded: describeLoaded(emptyRecord(store.key, { lineage: '', salt: '' }), null, journal, []) };
  }
  const parsed = parseState(content, store.key, store.location);
  if (!parsed.ok) return { ok: false, diagnostics: [...parsed.diagnostics, ...faults] };
  if (faults.length > 0) return { ok: false, diagnostics: faults };
  const { record } = parsed;
  const missing = missingJournal(journal, record);
  // A first run may have begun and ended between the two reads.
  if (missing === 'journal-lost' && (await store.readJournal('latest')) !== null) return await readStack(store);
  if (missing !== null) return { ok: false, diagnostics: [stateDiagnostics.create(missing, place)] };
  if (!continues(journal, record, parsed.digest))
    return { ok: false, diagnostics: [stateDiagnostics.create('journal-mismatch', place)] };
  const serial = record.serial;
  replay(record, journal.entries);
  const digest = record.serial === serial ? parsed.digest : null;
  return { ok: true, loaded: describeLoaded(record, digest, journal, journalNotices(journal, place)) };
}

/** `loadStack`, for callers that cannot go on without: throws the first diagnostic as a Failure. */
export async function mustLoadStack(store: StackStore): Promise<LoadedStack> {
  const result = await loadStack(store);
  if (result.ok) return result.loaded;
  const [first] = result.diagnostics;
  if (first === undefined) throw new Error('Bug: a state was refused without a reason.');
  throw new Failure(first);
}

type Place = { readonly stack: string; readonly environment: string; readonly location: string };

async function isAnythingLeft(store: StackStore, journal: JournalContent): Promise<boolean> {
  if (journal.size !== null) return true;
  return (await store.readState('previous')) !== null || (await store.readJournal('previous')) !== null;
}

/**
 * A journal begins with a whole line, put in place with the file itself, so no kill leaves one of which nothing can be
 * read. Only behind the very first state, which holds no entry yet, there may be none.
 */
function missingJournal(
  { entries, size }: JournalContent,
  record: StackRecord,
): 'journal-lost' | 'journal-empty' | 'journal-unreadable' | null {
  if (entries.length > 0 || record.journalSeq === 0) return null;
  if (size === null) return 'journal-lost';
  return size === 0 ? 'journal-empty' : 'journal-unreadable';
}

function journalFaults({ fault, entries }: JournalContent, place: Place): readonly Diagnostic[] {
  const found = strangerIn(entries, place);
  if (found !== null) return [stateDiagnostics.create('journal-other-stack', { ...place, found })];
  switch (fault?.kind) {
    case undefined:
      return [];
    case 'broken-line':
      return [stateDiagnostics.create('journal-broken', { ...place, ...fault })];
    case 'gap':
      return [stateDiagnostics.create('journal-gap', { ...place, ...fault })];
    case 'foreign':
      return [stateDiagnostics.create('journal-foreign', { ...place, ...fault })];
    default:
      return fault satisfies never;
  }
}

function journalNotices(journal: JournalContent, place: Place): readonly Diagnostic[] {
  const notices: Diagnostic[] = [];
  if (journal.torn) notices.push(stateDiagnostics.create('journal-torn', place));
  if (journal.fencedOut > 0)
    notices.push(stateDiagnostics.create('journal-fenced-out', { ...place, entries: journal.fencedOut }));
  return notices;
}

// A state from a backup, or one edited by hand, is not the one that the journal was begun behind.
function continues(journal: JournalContent, record: StackRecord, digest: Digest): boolean {
  if (journal.entries.some((entry) => entry.kind === 'run-started' && entry.lineage !== record.lineage)) return false;
  const [first] = journal.entries;
  if (first === undefined || first.seq <= record.journalSeq) return true;
  if (first.seq !== record.journalSeq + 1) return false;
  return first.kind !== 'checkpoint' || first.state === digest;
}

function describeLoaded(
  record: StackRecord,
  digest: Digest | null,
  journal: JournalContent,
  notices: readonly Diagnostic[],
): LoadedStack {
  return {
    state: stackState(record, digest ?? digestState(record)),
    uncertain: record.uncertain,
    notices,
    record,
    journal,
  };
}

/** A record as planning sees it. */
export function stackState(record: StackRecord, digest: Digest): StackState {
  const settled = withoutMootDependencies(record.resources);
  const unhealthy = new Map([...unseen(record)].filter(([address]) => record.resources.has(address)));
  return {
    ...record.key,
    lineage: record.lineage,
    serial: record.serial,
    salt: record.salt,
    resources: new Map([...record.resources].map(([address, resource]) => [address, settled(resource)])),
    uncommittedTargets: [...record.pending.keys()].sort(),
    ...(unhealthy.size === 0 ? {} : { unhealthy }),
    ...(record.policies === null ? {} : { policies: record.policies }),
    identities: Object.fromEntries(record.identities),
    digest,
  };
}
