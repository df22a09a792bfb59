import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import type { TargetRun } from '../targets/target-run.ts';
import type { Run } from './run.ts';

/**
 * Keeps other processes from the targets of this run. The lock of a stack lies beside its state, and another clone of the
 * repository has another one: only the target is common to both. In one order, so that two runs do not wait for each other.
 */
export async function claimTargets({ targets, options }: Run, keys: ReadonlySet<string>): Promise<void> {
  const claimed = [...targets].filter(([key]) => keys.has(key)).sort(([left], [right]) => (left < right ? -1 : 1));
  const end = performance.now() + options.lockTimeoutMs;
  for (const [, target] of claimed) await claim(target, end, options);
}

/** Others may go on once all is in place: that it works is only looked at. */
export async function releaseTargets({ targets }: Pick<Run, 'targets'>): Promise<void> {
  await Promise.all([...targets.values()].map(({ session }) => session.release?.()));
}

async function claim({ stack, session }: TargetRun, end: number, { onEvent, signal }: Run['options']): Promise<void> {
  let hasWaited = false;
  for (;;) {
    try {
      return await session.claim?.();
    } catch (cause) {
      if (!(cause instanceof Failure) || performance.now() >= end) throw cause;
      if (!hasWaited) onEvent({ kind: 'waiting-for-lock', stack, detail: cause.diagnostic.detail });
      hasWaited = true;
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

const pauseMs = 250;
