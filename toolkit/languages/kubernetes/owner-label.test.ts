import { expect, it } from 'vitest';
import { isLabelValue, otherOwner, withOwner } from './owner-label.ts';

const bare = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const ours = withOwner(bare, 'plant', 'huaxin');

it.each([
  { name: 'nobody', live: bare, other: null },
  { name: 'us', live: ours, other: null },
  { name: 'us, before organisations were told', live: withOwner(bare, 'plant'), other: null },
  { name: 'another stack of ours', live: withOwner(bare, 'mes', 'huaxin'), other: 'mes' },
  { name: 'another stack, before organisations were told', live: withOwner(bare, 'mes'), other: 'mes' },
  {
    name: 'a stack of our name in another repository',
    live: withOwner(bare, 'plant', 'acme'),
    other: 'plant of the organisation acme',
  },
])('an object that $name has put there', ({ live, other }) => {
  expect(otherOwner(live, 'plant', ours)).toBe(other);
});

it('an object recorded before organisations were told is ours, whoever is told by now', () => {
  expect(otherOwner(ours, 'plant', withOwner(bare, 'plant'))).toBe(null);
});

it.each([
  ['huaxin', true],
  ['Acme_2.east-1', true],
  ['华信', false],
  ['-a', false],
  ['', false],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
])('%s as the value of a label: %s', (text, isValue) => {
  expect(isLabelValue(text)).toBe(isValue);
});
