import type { RunningState } from '../../model/index.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ServerNote } from '../engine.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import type { LoadedStack } from '../state/load-stack.ts';
import { bounded } from '../targets/bounded.ts';
import { reasonOf, type TargetRun, targetKey } from '../targets/target-run.ts';
import { type Run, stackOf } from './run.ts';

export interface ServerNotes {
  readonly waiting: readonly ServerNote[];
  readonly leftRunning: readonly ServerNote[];
}

export const noServers: ServerNotes = { waiting: [], leftRunning: [] };

/**
 * Servers that do not run what lies in their targets when the run ends. One that is needed and does not answer is an
 * error, however often the command is repeated. One that runs on although its files are gone is a warning: only its owner
 * can stop it.
 */
export async function lookAtServers(run: Run, loaded: ReadonlyMap<string, LoadedStack>): Promise<ServerNotes> {
  const waiting: ServerNote[] = [];
  const leftRunning: ServerNote[] = [];
  const awaited = new Set(awaitedTargets(run.plan, loaded).map(({ stack, target }) => targetKey(stack, target)));
  const targets = [...run.targets].sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [key, opened] of targets) {
    const { stack, target } = opened;
    const isUsed = usesTarget(run.stacks.get(stack)?.journal.record ?? loaded.get(stack)?.record, target);
    const reason = run.notRunning.get(key);
    if (reason !== undefined) {
      if (!isUsed) continue; // Everything is removed, and the server was stopped before: as it should be.
      run.diagnostics.push(engineDiagnostics.create('target-not-running', { stack, target, reason }, about(opened)));
      waiting.push({ stack, target });
      continue;
    }
    const isAwaited = isUsed && awaited.has(key) && !run.committed.has(key);
    if (!isAwaited && !hasRemoved(run, opened)) continue;
    const running = await compare(opened);
    if (running.state === 'not-answering' && isAwaited) {
      const facts = { stack, target, reason: running.reason };
      run.diagnostics.push(engineDiagnostics.create('server-awaited', facts, about(opened)));
      waiting.push({ stack, target });
    }
    if (running.state === 'behind' && running.isLeftOver) {
      const facts = { stack, target, differences: running.differences };
      run.diagnostics.push(engineDiagnostics.create('left-running', facts, about(opened)));
      leftRunning.push({ stack, target });
    }
  }
  return { waiting, leftRunning };
}

/** Targets that hold what a server should have loaded, and that did not answer when a plan of everything was made. */
export function awaitedTargets(
  { running, selection }: Plan,
  loaded: ReadonlyMap<string, LoadedStack>,
): readonly ServerNote[] {
  if (selection.targets.length > 0) return [];
  return running
    .filter((entry) => entry.running.state === 'not-answering')
    .filter(({ stack, target }) => usesTarget(loaded.get(stack)?.record, target))
    .map(({ stack, target }) => ({ stack, target }));
}

function usesTarget(record: LoadedStack['record'] | undefined, target: string): boolean {
  return [...(record?.resources.values() ?? [])].some((resource) => resource.target === target);
}

function hasRemoved(run: Run, { stack, target }: TargetRun): boolean {
  return run.plan.changes.some(
    ({ address, change }) =>
      change.action === 'delete' &&
      change.applied.target === target &&
      stackOf(address) === stack &&
      run.outcomes.get(address)?.status === 'done',
  );
}

async function compare({ session, timeouts }: TargetRun): Promise<RunningState> {
  try {
    return await bounded(() => session.compareRunning(), timeouts.readMs);
  } catch (error) {
    return { state: 'not-answering', reason: reasonOf(error) };
  }
}

function about({ stack, target }: TargetRun) {
  return { subject: `${stack}/${target}` };
}
