import type { Address, HealthReport } from '../../model/index.ts';
import type { ChangeOutcome } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { printHistoryLine, type RunOutcome } from '../history/history-entry.ts';
import { type StackRecord, unseen } from '../state/stack-record.ts';
import { writeCheckpoint } from '../state/write-checkpoint.ts';
import { diagnosticOf } from '../targets/target-run.ts';
import { type Run, type StackRun, stackOf } from './run.ts';

/**
 * Writes how the run ended to the journal, then to the history, then the state that the journal has come to. In this
 * order: as long as the journal is there, the next run finds what the history lacks, and the state that was not written.
 */
export async function endStacks(run: Run, health: readonly HealthReport[]): Promise<void> {
  for (const [stack, ofStack] of run.stacks) {
    try {
      await endStack(run, stack, ofStack, health);
    } catch (error) {
      run.diagnostics.push(
        diagnosticOf(error, (reason) =>
          engineDiagnostics.create('target-unreachable', { stack, target: 'state', operation: 'be written', reason }),
        ),
      );
    }
  }
}

/** For a run that was refused after its journals were begun: nobody is to think that it was cut off. */
export async function noteNothingDone({ stacks }: Pick<Run, 'stacks'>): Promise<void> {
  const nothing = { done: 0, failed: 0, skipped: 0 };
  for (const { journal } of stacks.values()) {
    journal.note({ kind: 'run-ended', at: new Date().toISOString(), ...nothing });
    await journal.sync().catch(() => {});
  }
}

async function endStack(
  run: Run,
  stack: string,
  { store, lock, journal, serial, start, elsewhere }: StackRun,
  health: readonly HealthReport[],
): Promise<void> {
  const outcomes = [...run.outcomes.values()].filter(({ address }) => stackOf(address) === stack);
  const count = (status: ChangeOutcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  const counts = { done: count('done'), failed: count('failed'), skipped: count('skipped') };
  const outcome = outcomeOf(run, stack, outcomes, health, unseen(journal.record));
  const endedAt = new Date().toISOString();
  journal.note({ kind: 'run-ended', at: endedAt, ...counts, outcome });
  await journal.sync();
  const hasChanged = journal.record.serial !== serial;
  if (hasChanged || outcomes.length > 0) {
    await lock.assertHeld();
    const end = { endedAt, ...counts, unsettled: 0, outcome, serial: elsewhere?.serial ?? journal.record.serial };
    await store.appendHistory(printHistoryLine({ ...store.key, ...start, ...end }));
  }
  const { record } = journal;
  if (elsewhere !== undefined) await writeCheckpoint(store, memoryOf(record), lock);
  else if (hasChanged) await writeCheckpoint(store, record, lock);
}

/** Without the objects, which are recorded elsewhere; what is remembered of one that is gone goes with it. */
function memoryOf(record: StackRecord): StackRecord {
  const isThere = ([address]: readonly [Address, unknown]): boolean => record.resources.has(address);
  const unhealthy = new Map([...record.unhealthy].filter(isThere));
  const awaited = new Map([...record.awaited].filter(isThere));
  return { ...record, unhealthy, awaited, resources: new Map(), identities: new Map() };
}

function outcomeOf(
  { diagnostics }: Run,
  stack: string,
  outcomes: readonly ChangeOutcome[],
  health: readonly HealthReport[],
  notSeen: ReadonlyMap<Address, unknown>,
): RunOutcome {
  const undone = outcomes.filter(({ status }) => status !== 'done');
  if (undone.some((outcome) => outcome.status === 'skipped' && outcome.because.kind === 'interrupted'))
    return 'interrupted';
  if (undone.length > 0) return undone.length < outcomes.length ? 'partial' : 'failed';
  const isAmiss =
    health.some(({ address, healthy }) => !healthy && stackOf(address) === stack) ||
    outcomes.some(({ address }) => notSeen.has(address)) ||
    diagnostics.some(({ severity, subject = '' }) => severity === 'error' && subject.startsWith(`${stack}/`));
  return isAmiss ? 'unhealthy' : 'done';
}
