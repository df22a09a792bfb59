import { Failure, nearestName } from '../../diagnostics/index.ts';
import { type Address, type AppliedResource, addressFields } from '../../model/index.ts';
import { recordEdit, startOfEdit } from '../history/record-edit.ts';
import { recordCutOffRuns } from '../history/unrecorded-runs.ts';
import { JournalWriter } from '../journal/journal-writer.ts';
import { acquireLock, type LockOptions } from '../lock/acquire-lock.ts';
import { mustLoadStack } from './load-stack.ts';
import { type StackRecord, unseen } from './stack-record.ts';
import type { StackStore } from './state-backend.ts';
import { stateDiagnostics } from './state-diagnostics.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

/** Gives a record another address of the same stack and type (`opsctl state mv`). The real object is not touched. */
export async function moveStateRecord(
  store: StackStore,
  from: Address,
  to: Address,
  options: LockOptions,
): Promise<void> {
  await editState(store, options, (record) => {
    const resource = recordAt(record, from);
    // A run that was cut off may yet put an object there, or put one back.
    if (isUnsettled(record, to)) throw refusal('still-uncertain', to);
    if (record.resources.has(to)) throw refusal('address-taken', to);
    const [before, after] = [addressFields(from), addressFields(to)];
    if (before.stack !== after.stack || before.type !== after.type) throw refusal('address-elsewhere', to);
    const waiting = [...record.resources.values()].filter(({ dependsOn }) => dependsOn.includes(from));
    return [
      { address: to, formerAddress: from, applied: { ...resource, address: to } },
      ...waiting.map((waiter) => ({
        address: waiter.address,
        applied: { ...waiter, dependsOn: waiter.dependsOn.map((address) => (address === from ? to : address)).sort() },
      })),
    ];
  });
}

export interface RemovalOptions extends LockOptions {
  /** Drops a protected record as well, and its protection with it. */
  readonly evenProtected?: boolean;
}

/** Drops a record (`opsctl state rm`): the real object stays, and nobody manages it any more. */
export async function removeStateRecord(
  store: StackStore,
  address: Address,
  options: RemovalOptions,
): Promise<AppliedResource> {
  let removed: AppliedResource | undefined;
  await editState(store, options, (record) => {
    removed = removable(record, address, options);
    return [{ address, applied: null }];
  });
  if (removed === undefined) throw new Error('Bug: an edit of a state was not made.');
  return removed;
}

/** The record that `removeStateRecord` would drop, for whoever asks before it: throws for the same reasons. */
export async function findRemovable(
  store: StackStore,
  address: Address,
  wishes: Pick<RemovalOptions, 'evenProtected'>,
): Promise<AppliedResource> {
  return removable((await mustLoadStack(store)).record, address, wishes);
}

function removable(
  record: StackRecord,
  address: Address,
  { evenProtected = false }: Pick<RemovalOptions, 'evenProtected'>,
): AppliedResource {
  const resource = recordAt(record, address);
  if (resource.lifecycle.protect && !evenProtected) throw refusal('protected', address);
  return resource;
}

/**
 * Hands all records of a stack to somebody else (`opsctl state migrate`), and drops them once they have been received.
 * The lock is held meanwhile, so no run can begin between the two. Cut off in between, both have them, and a repetition
 * finds them equal.
 */
export async function handOverRecords(
  store: StackStore,
  options: LockOptions,
  receive: (record: StackRecord) => Promise<void>,
): Promise<number> {
  let count = 0;
  // What was not seen to work stays remembered here, whoever has the objects.
  let failing: Readonly<Record<Address, readonly string[]>> = {};
  await editState(
    store,
    options,
    async (record) => {
      await receive(record);
      count = record.resources.size;
      failing = Object.fromEntries(unseen(record));
      return [...record.resources.keys()].map((address) => ({ address, applied: null }));
    },
    () => failing,
  );
  return count;
}

/** Writes records that somebody else has kept, as the state of a stack that has none; `give` is asked under the lock. */
export async function takeOverRecords(
  store: StackStore,
  options: LockOptions,
  give: (former: StackRecord) => Promise<Pick<StackRecord, 'lineage' | 'salt' | 'resources' | 'identities'>>,
): Promise<number> {
  const lock = await acquireLock(store, options);
  try {
    const { record: former, journal } = await mustLoadStack(store);
    const given = await give(former);
    await recordCutOffRuns(store, journal.entries);
    const record = { ...former, ...given, serial: former.serial + 1, fence: Math.max(former.fence, lock.fence) };
    await recordEdit(store, startOfEdit(options.command), record.serial, record.resources.size);
    await writeCheckpoint(store, record, lock);
    return record.resources.size;
  } finally {
    await lock.release();
  }
}

interface RecordEdit {
  readonly address: Address;
  readonly formerAddress?: Address;
  readonly applied: AppliedResource | null;
}

async function editState(
  store: StackStore,
  options: LockOptions,
  edit: (record: StackRecord) => readonly RecordEdit[] | Promise<readonly RecordEdit[]>,
  remembered: () => Readonly<Record<Address, readonly string[]>> = () => ({}),
): Promise<void> {
  const lock = await acquireLock(store, options);
  try {
    const { record, journal } = await mustLoadStack(store);
    const edits = await edit(record);
    await recordCutOffRuns(store, journal.entries);
    const start = startOfEdit(options.command);
    const writer = new JournalWriter(record, start.run, lock, await store.openJournal(journal.length));
    try {
      const { run: _, startedAt: at, ...facts } = start;
      const { lineage } = record;
      writer.note({ kind: 'run-started', at, lineage, by: `process ${process.pid}`, ...facts });
      for (const recorded of edits) writer.note({ kind: 'recorded', ...recorded });
      const failing = remembered();
      const unhealthy = Object.keys(failing).length;
      if (unhealthy > 0) writer.note({ kind: 'health', target: '', healthy: 0, unhealthy, failing });
      await writer.sync();
    } finally {
      await writer.close();
    }
    await recordEdit(store, start, record.serial, edits.length);
    await writeCheckpoint(store, record, lock);
  } finally {
    await lock.release();
  }
}

function recordAt(record: StackRecord, address: Address): AppliedResource {
  const resource = record.resources.get(address);
  if (resource === undefined) {
    const alike = nearestName(address, record.resources.keys());
    throw new Failure(stateDiagnostics.create('no-such-resource', { address, alike }, { subject: address }));
  }
  // Its outcome is not known yet, so there is no telling which record this would be an edit of.
  if (isUnsettled(record, address)) throw refusal('still-uncertain', address);
  return resource;
}

/** True when a run that was cut off changed the object and nobody knows how that ends: what settles it is by address. */
function isUnsettled(record: StackRecord, address: Address): boolean {
  const pending = [...record.pending.values()].flatMap((changes) => [...changes.values()].map(({ intent }) => intent));
  return [...record.uncertain.values(), ...pending].some(
    (intent) => intent.address === address || intent.formerAddress === address,
  );
}

function refusal(
  code: 'address-taken' | 'address-elsewhere' | 'still-uncertain' | 'protected',
  address: Address,
): Failure {
  return new Failure(stateDiagnostics.create(code, { address }, { subject: address }));
}
