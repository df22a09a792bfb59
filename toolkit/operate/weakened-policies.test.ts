import { expect, it } from 'vitest';
import type { PolicyLevel } from '../policy/policy.ts';
import { weakenedPolicies } from './weakened-policies.ts';

function policy(id: string, level: PolicyLevel) {
  return { id, level, title: { en: id, zh: id }, clauses: [] };
}

it.each([
  { name: 'one that is gone', now: [], weakened: [{ policy: 'a', before: 'mandatory', after: null }] },
  {
    name: 'one that says less',
    now: [policy('a', 'advisory')],
    weakened: [{ policy: 'a', before: 'mandatory', after: 'advisory' }],
  },
  { name: 'none that says the same', now: [policy('a', 'mandatory'), policy('new', 'advisory')], weakened: [] },
])('tells of $name', ({ now, weakened }) => {
  expect(weakenedPolicies(now, [{ policies: { a: 'mandatory' } }, { policies: { a: 'advisory' } }, {}])).toEqual(
    weakened,
  );
});

it('tells of none that says more now', () => {
  expect(weakenedPolicies([policy('a', 'mandatory')], [{ policies: { a: 'advisory' } }])).toEqual([]);
});
