import { type Address, addressFields, type Resource, type StackState } from '../model/index.ts';
import { effectOf } from './effect.ts';
import { recordType } from './item-moves.ts';
import type { ItemElsewhere, PlannedChange } from './plan.ts';

/** Items that leave a stack in this plan and are declared in another one that it says nothing of. */
export function arrivalsElsewhere(
  changes: readonly PlannedChange[],
  desired: readonly Resource[],
  states: readonly StackState[],
): readonly ItemElsewhere[] {
  const leaving = new Set(
    changes.flatMap((change) => {
      const { type, name } = addressFields(change.address);
      return type === recordType && effectOf(change) === 'remove' ? [name] : [];
    }),
  );
  if (leaving.size === 0) return [];
  const listed = new Set(changes.map(({ address }) => address));
  return desired
    .filter(({ type, address }) => type === recordType && !listed.has(address) && leaving.has(nameOf(address)))
    .map(({ address }) => ({
      item: nameOf(address),
      stack: addressFields(address).stack,
      isApplied: states.some(({ resources }) => resources.has(address)),
    }))
    .sort((left, right) => (`${left.item} ${left.stack}` < `${right.item} ${right.stack}` ? -1 : 1));
}

function nameOf(address: Address): string {
  return addressFields(address).name;
}
