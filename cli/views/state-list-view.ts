import type { StackState } from '../../toolkit/model/index.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

export interface StateList {
  readonly environment: string;
  readonly stacks: readonly StackState[];
}

/** One address in a line, so that grep and a loop in a shell can use it; the counts are in the events. */
export const stateListView: View<StateList> = {
  human: ({ stacks }) => {
    const addresses = stacks.flatMap(({ resources }) => [...resources.keys()].sort());
    return addresses.map((address) => `${harmless(address)}\n`).join('');
  },
  events: ({ environment, stacks }) =>
    stacks.flatMap(({ stack, serial, lineage, resources }) => [
      ...[...resources.values()].map(({ address, type, target, owner, lifecycle }) => ({
        event: 'managed',
        address,
        type,
        target,
        owner,
        protect: lifecycle.protect,
      })),
      { event: 'state', stack, environment, lineage, serial, resources: resources.size },
    ]),
};
