import type { Diagnostic } from '../../diagnostics/index.ts';
import { addressFields, type HealthReport } from '../../model/index.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ChangeOutcome } from '../engine.ts';
import { printHistoryLine, type RunOutcome } from '../history/history-entry.ts';
import type { RunStart } from '../history/run-start.ts';
import { createFileBackend } from '../state/file-backend.ts';

interface Recorded {
  readonly stack: string;
  readonly outcomes: readonly ChangeOutcome[];
  readonly serial: number;
}

interface Whole {
  readonly outcomes: readonly ChangeOutcome[];
  readonly health: readonly HealthReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A line in the history of the stack, which is one and the same whichever engine ran it. */
export async function recordRun(
  start: RunStart,
  { stack, outcomes, serial }: Recorded,
  { plan, settings }: { readonly plan: Plan; readonly settings: { readonly stateRoot: string } },
  whole: Whole,
): Promise<void> {
  const count = (status: ChangeOutcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  const counts = { done: count('done'), failed: count('failed'), skipped: count('skipped') };
  const key = { environment: plan.environment, stack };
  const end = {
    endedAt: new Date().toISOString(),
    ...counts,
    unsettled: 0,
    outcome: outcomeOf(stack, outcomes, whole),
    serial,
  };
  await createFileBackend(settings.stateRoot)
    .open(key)
    .appendHistory(printHistoryLine({ ...key, ...start, ...end }));
}

function outcomeOf(stack: string, outcomes: readonly ChangeOutcome[], { health, diagnostics }: Whole): RunOutcome {
  const undone = outcomes.filter(({ status }) => status !== 'done');
  if (undone.some((outcome) => outcome.status === 'skipped' && outcome.because.kind === 'interrupted'))
    return 'interrupted';
  if (undone.length > 0) return undone.length < outcomes.length ? 'partial' : 'failed';
  const isAmiss =
    health.some(({ address, healthy }) => !healthy && addressFields(address).stack === stack) ||
    diagnostics.some(({ severity, subject = '' }) => severity === 'error' && subject.startsWith(`${stack}/`));
  return isAmiss ? 'unhealthy' : 'done';
}
