import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const known = [
  'plant-1/rules/host',
  'plant-1/rules/host#HostDown',
  'plant-2/rules/host#HostDown',
  'plant-2/rules/host#HostDownAgain',
  'hq',
];

it.each([
  { name: 'one wrong letter finds the word', word: 'plant-1/rulez/host', found: [known[0]] },
  { name: 'a part of words finds the shortest of them', word: 'HostDown', found: known.slice(1, 4) },
  { name: 'the case does not count', word: 'HQ', found: ['hq'] },
  { name: 'nothing alike finds nothing', word: 'zzzzzzzz', found: [] },
])('$name', ({ word, found }) => {
  expect(nearest(word, known)).toEqual(found);
});
