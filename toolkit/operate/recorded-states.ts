import type { LoadResult } from '../engine/state/load-stack.ts';
import type { StateSource } from '../engine/state/state-source.ts';

/** By stack: what was last applied, or why that cannot be read. */
export type RecordedStates = ReadonlyMap<string, LoadResult>;

/**
 * Loads the states of an environment when first asked, and then keeps what was loaded: one command plans against one
 * moment. What has moved since, apply finds out under its locks.
 */
export function rememberRecorded(states: StateSource, environment: string): () => Promise<RecordedStates> {
  let loading: Promise<RecordedStates> | null = null;
  return () => {
    loading ??= loadRecorded(states, environment);
    return loading;
  };
}

async function loadRecorded(states: StateSource, environment: string): Promise<RecordedStates> {
  const stacks = await states.listStacks(environment);
  const results = await Promise.all(
    stacks.map(async (stack) => [stack, await states.load({ environment, stack })] as const),
  );
  return new Map(results);
}
