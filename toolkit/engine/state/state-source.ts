import { type LoadResult, loadStack } from './load-stack.ts';
import type { StackKey, StateBackend } from './state-backend.ts';

/**
 * Where planning finds what was last applied: states of the embedded engine, or those of another. Reading is all that it
 * is for; what changes a state is the business of its engine.
 */
export interface StateSource {
  /** Stacks that have a state in the environment, in name order. */
  listStacks(environment: string): Promise<readonly string[]>;
  /** A stack to which nothing was ever applied is an empty state, and no fault. */
  load(key: StackKey): Promise<LoadResult>;
}

/** The embedded engine's own states. */
export function statesOf(backend: StateBackend): StateSource {
  return { listStacks: (environment) => backend.listStacks(environment), load: (key) => loadStack(backend.open(key)) };
}
