import { randomUUID } from 'node:crypto';
import { thisProcess } from '../../host/process-identity.ts';
import type { Plan } from '../../plan/plan.ts';
import type { HistoryEntry } from './history-entry.ts';

/** Who began a run, when, and what it is to carry out. */
export type RunStart = Pick<
  HistoryEntry,
  'run' | 'startedAt' | 'user' | 'host' | 'command' | 'plan' | 'approvedBy' | 'approved'
>;

/** A run that begins now, with a name of its own. */
export function startOf(plan: Plan, { approvedBy, command }: Pick<RunStart, 'approvedBy' | 'command'>): RunStart {
  const { user, host } = thisProcess();
  const needing = plan.findings.filter(({ needsApproval }) => needsApproval === true);
  return {
    run: randomUUID().slice(0, 13),
    startedAt: new Date().toISOString(),
    ...{ user, host, command, plan: plan.digest, approvedBy },
    approved: [...new Set(needing.map(({ code }) => code))],
  };
}
