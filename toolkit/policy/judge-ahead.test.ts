import { expect, it } from 'vitest';
import { anItem, aPolicyInput } from '../testing/policy-input.ts';
import { judgeAhead } from './judge-ahead.ts';
import { judgePolicies } from './judge-policies.ts';
import { definePolicy, type Policy, type PolicyInput } from './policy.ts';

const content = aPolicyInput({ items: [anItem({ id: 'pump-1' })], today: '2027-01-02' });

function policyOf(check: Policy['check']): Policy {
  const title = { en: 'Items must be blue', zh: '配置项须为蓝色' };
  const words = { title, rationale: 'Red ones are not seen.', remedy: 'Paint it.', clauses: [] };
  return definePolicy({ id: 'paint/blue', level: 'advisory', ...words, check });
}

it.each([
  { name: 'the items', says: ({ items }: PolicyInput) => items.length, runs: 1, told: '1' },
  { name: 'the plan', says: ({ plan }: PolicyInput) => plan, runs: 2, told: 'null' },
  { name: 'the day', says: ({ today }: PolicyInput) => today, runs: 2, told: '2027-01-02' },
  { name: 'a copy of all', says: (input: PolicyInput) => ({ ...input }).today, runs: 2, told: '2027-01-02' },
])('a policy that looks at $name is run $runs times, and says what it says with a plan', ({ says, runs, told }) => {
  let count = 0;
  const policy = policyOf((input) => {
    count += 1;
    return [{ subject: 'pump-1', item: 'pump-1', message: `${says(input)}` }];
  });
  const ahead = judgeAhead([policy], content);
  expect(judgePolicies([policy], content, ahead)).toMatchObject([{ code: 'policy/paint/blue', detail: told }]);
  expect(count).toBe(runs);
});

it('a policy can change nothing when it is run ahead', () => {
  const spoiling = policyOf((input) => {
    (input as { items: unknown }).items = [];
    return [];
  });
  expect([...judgeAhead([spoiling], content).values()]).toMatchObject([{ bugs: [{ code: 'policy/failed' }] }]);
});
