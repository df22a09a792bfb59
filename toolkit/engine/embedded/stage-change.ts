import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import type { StagedChange } from '../../model/index.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { settleFailed, stackOf, stackRunOf, targetRunOf } from '../run/run.ts';
import { observeIntents } from '../state/observe-uncertain.ts';
import { decideIntent } from '../state/resolve-uncertain.ts';
import { bounded, TimeoutError } from '../targets/bounded.ts';
import { readTarget, reasonOf } from '../targets/target-run.ts';
import type { EffectChange } from './describe-change.ts';
import type { EmbeddedRun } from './embedded-run.ts';

/** A change that its target did not take, and why. */
export interface StageFailure {
  readonly change: EffectChange;
  readonly target: string;
  readonly reason: string;
  /** It did not end in time, so whether it was carried out is not known. */
  readonly isUnclear: boolean;
  /** Of a provider that knows what is the matter, and what to do about it. */
  readonly known: Diagnostic | null;
}

/** Hands one change to its target; null when it was taken. */
export async function stageChange(
  run: EmbeddedRun,
  change: EffectChange,
  target: string,
  steps: readonly StagedChange[],
): Promise<StageFailure | null> {
  const { address } = change.intent;
  const { session, timeouts } = targetRunOf(run, stackOf(address), target);
  try {
    for (const step of steps) await bounded(() => session.stage(step), timeouts.stageMs);
    return null;
  } catch (error) {
    const isUnclear = error instanceof TimeoutError;
    const reason = reasonOf(error);
    if (!isUnclear) run.unstaged.push({ change, reason });
    return { change, target, reason, isUnclear, known: error instanceof Failure ? error.diagnostic : null };
  }
}

/** Tells what was not taken: alike failures of one target once, with their number, because they have one cause. */
export function settleStageFailures(run: EmbeddedRun, failures: readonly StageFailure[]): void {
  const causes = Map.groupBy(failures, ({ change, target, reason, isUnclear }) =>
    isUnclear ? change.intent.address : `${stackOf(change.intent.address)}/${target} ${reason}`,
  );
  for (const alike of causes.values()) {
    const diagnostic = describeFailure(alike);
    for (const { change } of alike) settleFailed(run, change.planned, diagnostic);
  }
}

function describeFailure(alike: readonly StageFailure[]): Diagnostic {
  const [first] = alike;
  if (first === undefined) throw new Error('Bug: there is no failure to describe.');
  const { change, target, reason, isUnclear, known } = first;
  const { address, action } = change.intent;
  const stack = stackOf(address);
  if (alike.length === 1 && known !== null) {
    const { change: planned } = change.planned;
    const source = 'desired' in planned ? { position: planned.desired.source } : {};
    return { ...known, ...source, subject: address };
  }
  if (alike.length === 1 || isUnclear) {
    const code = isUnclear ? 'change-unclear' : 'change-failed';
    return engineDiagnostics.create(code, { address, action, reason }, { subject: address });
  }
  const facts = { stack, target, count: alike.length, address, reason };
  return engineDiagnostics.create('changes-failed', facts, { subject: `${stack}/${target}` });
}

/**
 * Looks what became of the changes whose staging failed. Only at the end of a run: a provider may have taken a change in
 * spite of its error, and carry it out with the next commit. Without a clear answer, the next run looks again.
 */
export async function settleUnstaged(run: EmbeddedRun): Promise<void> {
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
