import { randomBytes } from 'node:crypto';
import { counted, type Diagnostic, Failure } from '../../diagnostics/index.ts';
import { recordEdit, startOfEdit } from '../history/record-edit.ts';
import { recordCutOffRuns } from '../history/unrecorded-runs.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import { strangerIn } from '../journal/journal-owner.ts';
import { type JournalContent, readJournal } from '../journal/read-journal.ts';
import { acquireLock, type LockOptions } from '../lock/acquire-lock.ts';
import { replay } from './apply-entry.ts';
import { loadStack } from './load-stack.ts';
import { parseState } from './parse-state.ts';
import { printState } from './print-state.ts';
import { emptyRecord, type StackRecord } from './stack-record.ts';
import type { StackStore } from './state-backend.ts';
import { stateDiagnostics } from './state-diagnostics.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

export interface RepairReport {
  /** False when there was nothing to repair, and nothing was written. */
  readonly repaired: boolean;
  /** What was found and done, one sentence each, in order. */
  readonly steps: readonly string[];
  /** Where the files are kept that were replaced. */
  readonly kept: readonly string[];
  readonly resources: number;
}

/**
 * Makes a state that cannot be read, or that contradicts itself, whole again, from what is certain: the state itself, else
 * its former generation, brought up to date by the journals. Never guesses: what it cannot place it names. Takes the lock.
 */
export async function repairState(store: StackStore, options: LockOptions): Promise<RepairReport> {
  const lock = await acquireLock(store, options);
  try {
    const present = await loadStack(store);
    if (present.ok) {
      const { size } = present.loaded.record.resources;
      return {
        repaired: false,
        steps: ['State and journal are whole: there is nothing to repair.'],
        kept: [],
        resources: size,
      };
    }
    refuseWhatIsWhole(present.diagnostics);
    const start = startOfEdit(options.command);
    const cutOff = ownEntries(readJournal(await store.readJournal('latest')), store);
    const steps = present.diagnostics.map(({ detail }) => detail);
    const record = await recover(store, steps);
    record.serial += 1;
    if (!parseState(printState(record).content, store.key, store.location).ok) throw notRecoverable(store);
    const kept = await store.keepAside(`damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
    // Not over the former generation, which may be the only whole one, until the new state is in place.
    await store.writeState(printState(record).content, { keepPrevious: true });
    await recordCutOffRuns(store, cutOff);
    await recordEdit(store, start, record.serial, record.resources.size);
    await writeCheckpoint(store, record, lock);
    steps.push(`Wrote a state with ${counted(record.resources.size, 'resource')} and began a new journal.`);
    return { repaired: true, steps, kept, resources: record.resources.size };
  } finally {
    await lock.release();
  }
}

function ownEntries({ entries }: JournalContent, { key }: StackStore): readonly JournalEntry[] {
  return strangerIn(entries, key) === null ? entries : [];
}

/** Files that are as they were written, by another opsctl or for another stack: to mend them would be to destroy them. */
function refuseWhatIsWhole(diagnostics: readonly Diagnostic[]): void {
  const whole = diagnostics.find(({ code }) => codesOfWholeFiles.has(code));
  if (whole !== undefined) throw new Failure(whole);
}

const codesOfWholeFiles = new Set([
  'state/other-stack',
  'state/foreign-version',
  'state/journal-other-stack',
  'state/journal-foreign',
]);

async function recover(store: StackStore, steps: string[]): Promise<StackRecord> {
  const former = readJournal(await store.readJournal('previous'));
  const stranger = strangerIn(former.entries, store.key);
  if (stranger !== null) steps.push(`Left the former journal out: it belongs to ${stranger}.`);
  const latest = readJournal(await store.readJournal('latest'));
  const journals = stranger === null ? [former, latest] : [latest];
  const record = await baseRecord(store, journals, steps);
  replayCertain(record, journals, steps);
  return record;
}

async function baseRecord(
  store: StackStore,
  journals: readonly JournalContent[],
  steps: string[],
): Promise<StackRecord> {
  for (const generation of ['latest', 'previous'] as const) {
    const content = await store.readState(generation);
    if (content === null) continue;
    const name = generation === 'latest' ? 'the state' : 'the former generation of the state';
    const parsed = parseState(content, store.key, store.location);
    if (parsed.ok) {
      steps.push(`Took ${name} (serial ${parsed.record.serial}).`);
      return parsed.record;
    }
    if (parsed.salvage !== null) {
      steps.push(
        `Took ${name} (serial ${parsed.salvage.record.serial}) without what cannot be.`,
        ...parsed.salvage.dropped,
      );
      return parsed.salvage.record;
    }
    steps.push(`Could not use ${name}.`);
  }
  const entries = journals.flatMap((journal) => journal.entries);
  const birth = entries.find((entry) => entry.kind === 'run-started');
  // Only a journal that begins with the state itself tells all of it.
  if (birth === undefined || entries[0]?.seq !== 1) throw notRecoverable(store);
  steps.push('Rebuilt the state from its journal alone, which goes back to its beginning.');
  return emptyRecord(store.key, { lineage: birth.lineage, salt: randomBytes(32).toString('hex') });
}

function notRecoverable({ key, location }: StackStore): Failure {
  return new Failure(stateDiagnostics.create('not-recoverable', { ...key, location }, { subject: key.stack }));
}

function replayCertain(record: StackRecord, journals: readonly JournalContent[], steps: string[]): void {
  const bySeq = new Map<number, JournalEntry>();
  for (const { entries } of journals) for (const entry of entries) bySeq.set(entry.seq, entry);
  const later = [...bySeq.values()]
    .filter(({ seq }) => seq > record.journalSeq)
    .sort((left, right) => left.seq - right.seq);
  const stranger = later.find((entry) => entry.kind === 'run-started' && entry.lineage !== record.lineage);
  if (stranger !== undefined) {
    steps.push('Left the journal out: it belongs to a state of another lineage.');
    return;
  }
  for (const journal of journals) {
    if (journal.fault?.kind === 'broken-line')
      steps.push(`Passed over line ${journal.fault.line} of a journal, which cannot be read.`);
  }
  for (const [from, to] of gapsIn(record.journalSeq, later))
    steps.push(`${entriesFromTo(from, to)} missing. Objects that they tell of ${afterwards}`);
  if (journals.at(-1)?.entries.length === 0)
    steps.push(`There is no journal of what happened since. Objects that it told of ${afterwards}`);
  replay(record, later);
  if (later.length > 0) steps.push(`Carried ${counted(later.length, 'entry', 'entries')} of the journal into it.`);
  if (record.uncertain.size > 0)
    steps.push(
      `The outcome of ${counted(record.uncertain.size, 'change')} is not known; the next plan looks at what is there.`,
    );
}

const afterwards = 'may be unmanaged now, or look drifted: run `opsctl plan` and look at what it lists.';

function entriesFromTo(from: number, to: number): string {
  return from === to ? `Entry ${from} of the journal is` : `Entries ${from} to ${to} of the journal are`;
}

function gapsIn(last: number, entries: readonly JournalEntry[]): readonly (readonly [number, number])[] {
  return entries.flatMap(({ seq }, index) => {
    const before = entries[index - 1]?.seq ?? last;
    return seq === before + 1 ? [] : [[before + 1, seq - 1] as const];
  });
}
