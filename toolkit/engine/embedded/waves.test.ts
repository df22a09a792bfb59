import { expect, it } from 'vitest';
import { makeAddress } from '../../model/index.ts';
import type { PlannedChange } from '../../plan/index.ts';
import { plainResource } from '../../testing/arbitraries.ts';
import { wavesOf } from './waves.ts';

const addressOf = (name: string) => makeAddress({ stack: 'east', type: 'note', name });

function change(name: string, waitsFor: readonly string[] = [], isUnchanged = false): PlannedChange {
  const desired = plainResource(addressOf(name));
  return {
    address: desired.address,
    change: isUnchanged ? { action: 'no-op', desired } : { action: 'create', desired },
    cause: isUnchanged ? { kind: 'unchanged' } : { kind: 'declared' },
    explanation: '',
    reverse: null,
    waitsFor: waitsFor.map(addressOf),
    applied: null,
  };
}

it.each([
  { name: 'no changes make no wave', changes: [], waves: [] },
  { name: 'changes that need not wait are one wave', changes: [change('a'), change('b')], waves: [['a', 'b']] },
  {
    name: 'a change comes one wave after the last that it waits for',
    changes: [change('a'), change('c'), change('b', ['a']), change('d', ['b', 'c'])],
    waves: [['a', 'c'], ['b'], ['d']],
  },
  {
    name: 'an unchanged resource takes no wave of its own, and what is behind it still waits for what is before it',
    changes: [change('a'), change('hub', ['a'], true), change('b', ['hub'])],
    waves: [['a'], ['b']],
  },
  {
    name: 'what waits for something outside the plan does not wait',
    changes: [change('a', ['elsewhere'])],
    waves: [['a']],
  },
])('$name', ({ changes, waves }) => {
  expect(wavesOf(changes).map((wave) => wave.map(({ address }) => address.split('/')[2]))).toEqual(waves);
});
