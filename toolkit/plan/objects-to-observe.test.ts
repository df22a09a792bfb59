import { describe, expect, it } from 'vitest';
import type { Address, JsonObject } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import { objectsToObserve } from './objects-to-observe.ts';

function note(name: string, spec: JsonObject = {}, overrides = {}) {
  return plainResource(`east/note/${name}` as Address, { spec: { path: name, tags: [], ...spec }, ...overrides });
}

const everything = { stacks: [], targets: [], exclude: [] };

describe('what to look at', () => {
  it('is each new object where it is declared and each recorded one where it was applied', () => {
    const records = [note('same'), note('gone'), note('former', { path: 'renamed' })].map((resource) =>
      appliedRecord(resource, {}),
    );
    const desired = [note('new'), note('same', { level: 2 }), note('renamed', {}, { aliases: ['east/note/former'] })];
    const objects = objectsToObserve(desired, [stateOf('east', records)], everything, testTypes);
    expect(
      objects.observed.map(({ target, reference }) => `${target} ${reference.address} at ${reference.spec.path}`),
    ).toEqual([
      'disk east/note/gone at gone',
      'disk east/note/new at new',
      'disk east/note/former at renamed',
      'disk east/note/same at same',
    ]);
    expect(objects.destinations).toEqual([]);
  });

  it.each([
    { name: 'another path', desired: note('a', { path: 'b' }), destination: 'disk b' },
    { name: 'another target', desired: note('a', {}, { target: 'other' }), destination: 'other a' },
  ])('is also what stands where an object is to move: $name', ({ desired, destination }) => {
    const states = [stateOf('east', [appliedRecord(note('a'), {})])];
    const { destinations } = objectsToObserve([desired], states, everything, testTypes);
    expect(destinations.map(({ target, reference }) => `${target} ${reference.spec.path}`)).toEqual([destination]);
  });

  it('is in the selected stacks only', () => {
    const west = plainResource('west/note/a' as Address);
    const objects = objectsToObserve([note('a'), west], [], { ...everything, stacks: ['west'] }, testTypes);
    expect(objects.observed.map(({ reference }) => reference.address)).toEqual(['west/note/a']);
  });
});
