import { type Address, type AppliedResource, jsonEquals } from '../../model/index.ts';
import type { Found, Intent, JournalEntry } from '../journal/journal-entry.ts';
import type { PendingChange, StackRecord } from './stack-record.ts';

/**
 * Carries one journal entry into a record. A run does this as it writes each entry, and a replay does it again after a
 * crash, so the two cannot differ. Entries that the record already holds change nothing: a replay may start too early.
 *
 *     intents a            a is uncertain
 *     staged a             it still is
 *     commit-accepted a    the record of a is the intended one
 *
 *     resolved a           after a crash, by looking: the record is the intended or the former one; if the intended
 *                          one, its target is pending until it accepts
 */
export function applyEntry(record: StackRecord, entry: JournalEntry): void {
  if (entry.seq <= record.journalSeq) return;
  record.journalSeq = entry.seq;
  record.fence = Math.max(record.fence, entry.fence);
  if (carry(record, entry)) record.serial += 1;
}

/** Brings a record up to date; the entries are in the order of their numbers. */
export function replay(record: StackRecord, entries: readonly JournalEntry[]): void {
  for (const entry of entries) applyEntry(record, entry);
}

/** True when the entry changed what the state says. */
function carry(record: StackRecord, entry: JournalEntry): boolean {
  switch (entry.kind) {
    case 'intents':
      for (const intent of entry.intents) record.uncertain.set(intent.address, intent);
      return true;
    case 'abandoned':
      for (const address of entry.addresses) record.uncertain.delete(address);
      return true;
    case 'not-staged':
      return record.uncertain.delete(entry.address);
    case 'resolved':
      return settleUncertain(record, entry.address, entry.found);
    case 'recorded':
      moveRecord(record, entry.formerAddress ?? entry.address, entry.applied);
      return true;
    case 'commit-accepted':
      for (const address of entry.addresses) settleAccepted(record, address);
      record.pending.delete(entry.target);
      record.identities.set(entry.target, entry.identity);
      return true;
    case 'put-back':
      return undoPending(record, entry.target, entry.address, entry.found);
    case 'commit-started':
      // Until its end is written down, the target may or may not have loaded what it holds.
      if (!record.pending.has(entry.target)) record.pending.set(entry.target, new Map());
      return true;
    case 'commit-refused':
      dropIfEmpty(record, entry.target);
      return true;
    case 'health-awaited':
      for (const address of entry.addresses) record.awaited.set(address, entry.target);
      return false;
    case 'health':
      dropAwaited(record, entry.target);
      return noteHealth(record, entry.failing ?? {}, entry.working ?? []);
    case 'judged':
      record.policies = entry.policies;
      return true;
    case 'staged':
    case 'checkpoint':
    case 'run-started':
    case 'run-ended':
      return false;
    default:
      return entry satisfies never;
  }
}

function settleAccepted(record: StackRecord, address: Address): void {
  const intent = record.uncertain.get(address);
  if (intent === undefined) return; // Its announcement is lost: see `state repair`.
  record.uncertain.delete(address);
  moveRecord(record, intent.formerAddress ?? address, intent.intended);
}

function settleUncertain(record: StackRecord, address: Address, found: Found): boolean {
  const intent = record.uncertain.get(address);
  if (intent === undefined) return false;
  record.uncertain.delete(address);
  if (found === 'intended') leavePending(record, intent);
  if (found === 'absent') moveRecord(record, intent.formerAddress ?? address, null);
  return true;
}

function leavePending(record: StackRecord, intent: Intent): void {
  const known = intent.formerAddress ?? intent.address;
  const former = record.resources.get(known) ?? null;
  moveRecord(record, known, intent.intended);
  for (const target of new Set([intent.target, former?.target ?? intent.target])) {
    const pending = record.pending.get(target) ?? new Map<Address, PendingChange>();
    pending.set(intent.address, { intent, former });
    record.pending.set(target, pending);
  }
}

function undoPending(record: StackRecord, target: string, address: Address, found: Found): boolean {
  const change = record.pending.get(target)?.get(address);
  if (change === undefined) return false;
  record.pending.get(target)?.delete(address);
  moveRecord(record, address, found === 'former' ? change.former : null);
  dropIfEmpty(record, target);
  return true;
}

function dropIfEmpty(record: StackRecord, target: string): void {
  if (record.pending.get(target)?.size === 0) record.pending.delete(target);
}

function dropAwaited({ awaited }: StackRecord, target: string): void {
  for (const [address, where] of awaited) if (where === target) awaited.delete(address);
}

function noteHealth(
  { unhealthy }: StackRecord,
  failing: Readonly<Record<Address, readonly string[]>>,
  working: readonly Address[],
): boolean {
  const before = new Map(unhealthy);
  for (const address of working) unhealthy.delete(address);
  for (const [address, excused] of Object.entries(failing) as [Address, readonly string[]][])
    unhealthy.set(address, excused);
  return !jsonEquals(Object.fromEntries(unhealthy), Object.fromEntries(before));
}

function moveRecord(record: StackRecord, known: Address, applied: AppliedResource | null): void {
  const excused = record.unhealthy.get(known);
  record.unhealthy.delete(known);
  record.awaited.delete(known);
  if (excused !== undefined && applied !== null) record.unhealthy.set(applied.address, excused);
  record.resources.delete(known);
  if (applied !== null) record.resources.set(applied.address, applied);
}
