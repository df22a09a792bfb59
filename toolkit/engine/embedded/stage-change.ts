import type { StagedChange } from '../../model/index.ts';
import { observeIntents } from '../state/observe-uncertain.ts';
import { decideIntent } from '../state/resolve-uncertain.ts';
import { bounded, TimeoutError } from './bounded.ts';
import type { EffectChange } from './describe-change.ts';
import { engineDiagnostics } from './engine-diagnostics.ts';
import { type Run, settleFailed, stackOf, stackRunOf, targetRunOf } from './run.ts';
import { readTarget, reasonOf } from './target-run.ts';

/** Hands one change to its target; false when that failed. */
export async function stageChange(
  run: Run,
  change: EffectChange,
  target: string,
  steps: readonly StagedChange[],
): Promise<boolean> {
  const { address, action } = change.intent;
  const { session, timeouts } = targetRunOf(run, stackOf(address), target);
  try {
    for (const step of steps) await bounded(() => session.stage(step), timeouts.stageMs);
    return true;
  } catch (error) {
    const isOver = !(error instanceof TimeoutError);
    if (isOver) run.unstaged.push({ change, reason: reasonOf(error) });
    const facts = { address, action, reason: reasonOf(error) };
    const code = isOver ? 'change-failed' : 'change-unclear';
    settleFailed(run, change.planned, engineDiagnostics.create(code, facts, { subject: address }));
    return false;
  }
}

/**
 * Looks what became of the changes whose staging failed. Only at the end of a run: a provider may have taken a change in
 * spite of its error, and carry it out with the next commit. Without a clear answer, the next run looks again.
 */
export async function settleUnstaged(run: Run): Promise<void> {
  for (const [stack, ofStack] of Map.groupBy(run.unstaged, ({ change }) => stackOf(change.intent.address))) {
    const { journal } = stackRunOf(run, stack);
    const intents = ofStack.map(({ change }) => change.intent);
    const sightings = await observeIntents(intents, journal.record, (target, references) =>
      readTarget(targetRunOf(run, stack, target), references),
    );
    for (const { change, reason } of ofStack) {
      const { address, target } = change.intent;
      const sighting = sightings.get(address);
      const { types } = targetRunOf(run, stack, target);
      const found = sighting && decideIntent(change.intent, journal.record, sighting, types);
      if (found === 'former') journal.note({ kind: 'not-staged', address, reason });
      else if (found) journal.note({ kind: 'resolved', address, found });
    }
    await journal.flush();
  }
}
