import type { Address, ObjectReference, Observation } from '../../model/index.ts';
import type { Intent } from '../journal/journal-entry.ts';
import type { Sighting } from './decide-outcome.ts';
import type { StackRecord } from './stack-record.ts';

/** Looks at objects of one target of the stack; throws when the target does not answer. */
export type ReadTarget = (
  target: string,
  references: readonly ObjectReference[],
) => Promise<ReadonlyMap<Address, Observation>>;

/** Looks at the objects whose outcome is uncertain. Those of a target that does not answer are left out. */
export async function observeUncertain(record: StackRecord, read: ReadTarget): Promise<ReadonlyMap<Address, Sighting>> {
  return await observeIntents([...record.uncertain.values()], record, read);
}

export async function observeIntents(
  intents: readonly Intent[],
  record: StackRecord,
  read: ReadTarget,
): Promise<ReadonlyMap<Address, Sighting>> {
  const places = intents.map((intent) => placesOf(intent, record));
  const [intended, former] = await Promise.all([
    readPlaces(
      places.map((place) => place.intended),
      read,
    ),
    readPlaces(
      places.map((place) => place.former),
      read,
    ),
  ]);
  const sightings = new Map<Address, Sighting>();
  for (const { address } of intents) {
    const [atIntended, atFormer] = [intended.get(address), former.get(address)];
    if (atIntended !== undefined && atFormer !== undefined) sightings.set(address, { atIntended, atFormer });
  }
  return sightings;
}

interface Place {
  readonly target: string;
  readonly reference: ObjectReference;
}

// Where an object is follows from its spec; a delete has only the former one, a create only the intended one.
function placesOf(intent: Intent, record: StackRecord): { readonly intended: Place; readonly former: Place } {
  const { address, type } = intent;
  const known = record.resources.get(intent.formerAddress ?? address) ?? intent.intended;
  const wanted = intent.intended ?? known;
  if (known === null || wanted === null) throw new Error(`Bug: the intent for ${address} names no object.`);
  return {
    intended: { target: wanted.target, reference: { address, type, spec: wanted.spec } },
    former: { target: known.target, reference: { address, type, spec: known.spec } },
  };
}

async function readPlaces(places: readonly Place[], read: ReadTarget): Promise<ReadonlyMap<Address, Observation>> {
  const byTarget = Map.groupBy(places, ({ target }) => target);
  const answers = await Promise.all(
    [...byTarget].map(([target, ofTarget]) =>
      read(
        target,
        ofTarget.map(({ reference }) => reference),
      ).catch(() => new Map()),
    ),
  );
  return new Map(answers.flatMap((answer) => [...answer]));
}
