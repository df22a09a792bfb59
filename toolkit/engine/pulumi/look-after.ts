import type { HealthReport } from '../../model/index.ts';
import { targetsBehind } from '../../plan/plan-summary.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { targetsOfChange } from '../planned-place.ts';
import { awaitHealth } from '../run/await-health.ts';
import { releaseTargets } from '../run/claim-targets.ts';
import { stackOf } from '../run/run.ts';
import { lookAtServers, noServers, type ServerNotes } from '../run/server-notes.ts';
import type { LoadedStack } from '../state/load-stack.ts';
import { bounded } from '../targets/bounded.ts';
import { reasonOf, type TargetRun, targetKey } from '../targets/target-run.ts';
import type { PulumiRun } from './pulumi-run.ts';

export interface LookedAfter {
  readonly health: readonly HealthReport[];
  readonly servers: ServerNotes;
}

/**
 * After the changes: targets that ran something else are made to load what lies in them, and what was written, or was not
 * seen to work before, is looked at as the embedded engine does.
 */
export async function lookAfter(run: PulumiRun, loaded: ReadonlyMap<string, LoadedStack>): Promise<LookedAfter> {
  const { signal } = run.options;
  if (!signal.aborted) for (const { stack, target } of targetsBehind(run.plan)) await loadTarget(run, stack, target);
  await releaseTargets(run);
  if (signal.aborted) return { health: [], servers: noServers };
  await noteCommitted(run);
  const health = await awaitHealth(run);
  return { health, servers: await lookAtServers(run, loaded) };
}

async function loadTarget(run: PulumiRun, stack: string, target: string): Promise<void> {
  const opened = run.targets.get(targetKey(stack, target));
  const hasFailed = [...run.outcomes.values()].some(
    ({ status, address }) => status !== 'done' && stackOf(address) === stack,
  );
  if (opened === undefined || hasFailed) return;
  const about = { subject: `${stack}/${target}` };
  try {
    const outcome = await bounded(() => opened.session.commit(), opened.timeouts.commitMs);
    if (outcome.accepted) {
      run.committed.add(targetKey(stack, target));
      return;
    }
    const facts = { stack, target, reason: outcome.reason };
    run.diagnostics.push(outcome.diagnostic ?? engineDiagnostics.create('target-refused', facts, about));
  } catch (error) {
    const facts = { stack, target, reason: reasonOf(error) };
    run.diagnostics.push(engineDiagnostics.create('commit-unclear', facts, about));
  }
}

/** Pulumi's process has committed what was done, and does not say whether anything runs that could load it. */
async function noteCommitted(run: PulumiRun): Promise<void> {
  const done = run.plan.changes.filter(({ address }) => run.outcomes.get(address)?.status === 'done');
  const keys = new Set(
    done.flatMap((planned) => targetsOfChange(planned).map((target) => targetKey(stackOf(planned.address), target))),
  );
  for (const [key, opened] of run.targets) {
    if (!keys.has(key)) continue;
    run.committed.add(key);
    const silence = await silenceOf(opened);
    if (silence !== null) run.notRunning.set(key, silence);
  }
}

async function silenceOf({ session, timeouts }: TargetRun): Promise<string | null> {
  try {
    const running = await bounded(() => session.compareRunning(), timeouts.readMs);
    return running.state === 'not-answering' ? running.reason : null;
  } catch (error) {
    return reasonOf(error);
  }
}
