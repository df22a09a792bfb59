import { targetsBehind } from '../../plan/plan-summary.ts';
import { type Run, stackOf } from '../run/run.ts';
import { targetKey } from '../targets/target-run.ts';
import { commitTarget } from './commit-target.ts';

/**
 * Lets targets load what lies in them where the plan saw that they run something else. Last, so that nothing is loaded
 * that a change of this plan was still to put right; where such a change was committed, all is loaded already, and
 * where one failed, what lies there is not what anybody wants to run.
 */
export async function loadRunning(run: Run): Promise<void> {
  for (const { stack, target } of targetsBehind(run.plan)) {
    if (run.options.signal.aborted) return;
    if (run.committed.has(targetKey(stack, target)) || hasFailure(run, stack, target)) continue;
    const result = await commitTarget(run, stack, target, [], true);
    if (result.kind !== 'accepted') run.diagnostics.push(result.diagnostic);
  }
}

function hasFailure(run: Run, stack: string, target: string): boolean {
  return run.plan.changes.some(({ address, change }) => {
    const place = 'desired' in change ? change.desired.target : change.applied.target;
    const status = run.outcomes.get(address)?.status;
    return stackOf(address) === stack && place === target && status !== undefined && status !== 'done';
  });
}
