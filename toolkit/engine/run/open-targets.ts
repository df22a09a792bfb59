import type { Plan } from '../../plan/plan.ts';
import { refuseOtherTarget } from '../check-plan.ts';
import type { ApplyOptions, ServerNote } from '../engine.ts';
import { type OperationTimeouts, openTarget, type TargetRun, targetKey } from '../targets/target-run.ts';

/**
 * Opens the targets that a run has to do with, once each, and refuses those that are others than the plan saw. Each is in
 * `targets` as soon as it is open, so that the caller can close it whatever happens.
 */
export async function openTargets(
  plan: Plan,
  options: ApplyOptions,
  places: readonly ServerNote[],
  timeouts: OperationTimeouts,
  targets: Map<string, TargetRun>,
  signal: AbortSignal,
): Promise<void> {
  const unasked = new Set(unaskedAltogether(plan));
  const needed = new Map(
    places.map((place) => [targetKey(place.stack, place.target), place] as const).filter(([key]) => !unasked.has(key)),
  );
  // One after the other: when two do not answer, the first in the order of the plan is told, each time.
  for (const { stack, target } of needed.values()) {
    const opened = await openTarget(stack, target, plan.environment, options, timeouts, signal);
    targets.set(targetKey(stack, target), opened);
    refuseOtherTarget(plan, opened);
  }
}

/** Nothing is done where nobody answered when the plan was made. Of which only a part was not asked, the rest is as ever. */
function unaskedAltogether({ targets, unasked = [] }: Plan): readonly string[] {
  const asked = new Set(targets.map(({ stack, target }) => targetKey(stack, target)));
  return unasked.map(({ stack, target }) => targetKey(stack, target)).filter((key) => !asked.has(key));
}
