import type { ApplyResult } from '../engine.ts';
import type { Run } from './run.ts';
import type { ServerNotes } from './server-notes.ts';

/** What a run comes to, in the order of its plan. */
export function resultOfRun(run: Run, health: ApplyResult['health'], servers: ServerNotes): ApplyResult {
  const outcomes = run.plan.changes.flatMap(({ address }) => run.outcomes.get(address) ?? []);
  const interrupted = outcomes.some(
    (outcome) => outcome.status === 'skipped' && outcome.because.kind === 'interrupted',
  );
  return {
    outcomes,
    health,
    ...servers,
    ...(run.recovered.length === 0 ? {} : { recovered: run.recovered }),
    diagnostics: run.diagnostics,
    interrupted: interrupted || run.options.signal.aborted,
  };
}
