import { randomUUID } from 'node:crypto';
import { thisProcess } from '../../host/process-identity.ts';
import type { StackStore } from '../state/state-backend.ts';
import { type HistoryEntry, printHistoryLine } from './history-entry.ts';

type EditStart = Pick<
  HistoryEntry,
  'run' | 'startedAt' | 'user' | 'host' | 'command' | 'plan' | 'approvedBy' | 'approved'
>;

/** An edit of the state by a person: it has no plan, and nobody approves it. */
export function startOfEdit(command: string): EditStart {
  const { user, host } = thisProcess();
  const startedAt = new Date().toISOString();
  return { run: randomUUID().slice(0, 13), startedAt, user, host, command, plan: null, approvedBy: null, approved: [] };
}

export async function recordEdit(store: StackStore, start: EditStart, serial: number, done: number): Promise<void> {
  const end = { endedAt: new Date().toISOString(), done, failed: 0, skipped: 0, unsettled: 0, serial };
  await store.appendHistory(printHistoryLine({ ...store.key, ...start, ...end, outcome: 'done' }));
}
