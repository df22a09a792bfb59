import { createFileBackend } from '../engine/state/file-backend.ts';
import { type LoadResult, loadStack } from '../engine/state/load-stack.ts';

/** By stack: what was last applied, or why that cannot be read. */
export type RecordedStates = ReadonlyMap<string, LoadResult>;

/**
 * Loads the states of an environment when first asked, and then keeps what was loaded: one command plans against one
 * moment. What has moved since, apply finds out under its locks.
 */
export function rememberRecorded(stateRoot: string, environment: string): () => Promise<RecordedStates> {
  let loading: Promise<RecordedStates> | null = null;
  return () => {
    loading ??= loadRecorded(stateRoot, environment);
    return loading;
  };
}

async function loadRecorded(stateRoot: string, environment: string): Promise<RecordedStates> {
  const backend = createFileBackend(stateRoot);
  const stacks = await backend.listStacks(environment);
  const results = await Promise.all(
    stacks.map(async (stack) => [stack, await loadStack(backend.open({ environment, stack }))] as const),
  );
  return new Map(results);
}
