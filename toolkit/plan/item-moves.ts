import { type Address, addressFields, isJsonObject, type JsonObject } from '../model/index.ts';
import { effectOf } from './effect.ts';
import type { ItemElsewhere, PlannedChange } from './plan.ts';

/** A configuration item that leaves a stack, and where it goes, if it goes to another. */
export interface ItemMove {
  readonly item: string;
  readonly from: string;
  /** Null when it is operated nowhere any more. */
  readonly to: string | null;
  /** Whether it arrives by this plan, is there already, or waits for a plan of that stack; null with `to`. */
  readonly arrival: 'planned' | 'in-place' | 'left-out' | null;
  /** Objects that are deleted because it leaves, its record first. */
  readonly deleted: readonly Address[];
  /** Objects that are made for it where it arrives. */
  readonly created: readonly Address[];
}

/** Each operated item has a record, so a record that goes tells of an item that leaves. */
export const recordType = 'cmdb-record';

/** By item. What goes with an item is what is named after it, or after its class when it was the last of it. */
export function itemMoves(
  changes: readonly PlannedChange[],
  elsewhere: readonly ItemElsewhere[] = [],
): readonly ItemMove[] {
  const deletes = changes.filter((change) => effectOf(change) === 'remove');
  const leaving = deletes.flatMap(({ address, change }) => {
    const { stack, type, name } = addressFields(address);
    return type === recordType && 'observed' in change
      ? [{ item: name, stack, address, class: classOf(change.observed.spec) }]
      : [];
  });
  return leaving.map(({ item, stack, address, class: classId }) => {
    const arrival = changes.find((change) => isArrival(change, item, stack));
    const isLastOfClass = leaving.filter((other) => other.stack === stack && other.class === classId).length === 1;
    const others = deletes.filter((change) => {
      const fields = addressFields(change.address);
      const isOfClass = isLastOfClass && classId !== null && isNamedAfter(fields.name, classId);
      return change.address !== address && fields.stack === stack && (fields.name === item || isOfClass);
    });
    return {
      item,
      from: stack,
      ...destinationOf(
        arrival,
        elsewhere.find((one) => one.item === item && one.stack !== stack),
      ),
      deleted: [address, ...others.map((change) => change.address)],
      created: arrival === undefined ? [] : createdFor(changes, item, addressFields(arrival.address).stack),
    };
  });
}

function destinationOf(
  arrival: PlannedChange | undefined,
  there: ItemElsewhere | undefined,
): Pick<ItemMove, 'to' | 'arrival'> {
  if (arrival !== undefined) return { to: addressFields(arrival.address).stack, arrival: 'planned' };
  if (there === undefined) return { to: null, arrival: null };
  return { to: there.stack, arrival: there.isApplied ? 'in-place' : 'left-out' };
}

function isArrival({ address, change }: PlannedChange, item: string, from: string): boolean {
  const { stack, type, name } = addressFields(address);
  return change.action === 'create' && type === recordType && name === item && stack !== from;
}

/** A new object of the other stack that names the item among its reasons. */
function createdFor(changes: readonly PlannedChange[], item: string, stack: string): readonly Address[] {
  return changes.flatMap(({ address, change }) =>
    change.action === 'create' &&
    addressFields(address).stack === stack &&
    (change.desired.derivation.some(({ subject }) => subject === item) || addressFields(address).name === item)
      ? [address]
      : [],
  );
}

function classOf({ record }: JsonObject): string | null {
  return isJsonObject(record ?? null) ? String((record as JsonObject).class ?? '') || null : null;
}

/** `host`, `host-node` */
function isNamedAfter(name: string, classId: string): boolean {
  return name === classId || name.startsWith(`${classId}-`);
}
