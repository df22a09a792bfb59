import type { LoadedStack } from '../state/load-stack.ts';
import { stackState } from '../state/load-stack.ts';
import { digestState } from '../state/print-state.ts';
import { type StackRecord, unseen } from '../state/stack-record.ts';
import type { DeployedStack } from './read-deployment.ts';

/** What is remembered of a stack beside Pulumi's state, which has no room for it. */
export type StackMemory = Pick<StackRecord, 'unhealthy' | 'awaited' | 'policies'>;

const noMemory: StackMemory = { unhealthy: new Map(), awaited: new Map(), policies: null };

/**
 * A stack as planning sees it. Pulumi has no journal beside its state: what was cut off are pending operations in it. What
 * is remembered here is no part of the digest: somebody else, who applies the same plan elsewhere, remembers other things.
 */
export function rememberedState({ record: deployed }: DeployedStack, memory: StackMemory = noMemory): LoadedStack {
  const record = { ...deployed, unhealthy: new Map(unseen(memory)), policies: memory.policies };
  return {
    state: stackState(record, digestState(deployed)),
    uncertain: record.uncertain,
    notices: [],
    record,
    journal: { entries: [], length: 0, torn: false, size: null, fault: null, fencedOut: 0 },
  };
}
