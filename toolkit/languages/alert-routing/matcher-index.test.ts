import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexMatchers } from './matcher-index.ts';
import { type Matcher, makeMatcher, matchesAll } from './matchers.ts';

const matcher = fc
  .record({
    label: fc.constantFrom('a', 'b', 'constructor'),
    operator: fc.constantFrom('=', '!=', '=~', '!~'),
    value: fc.constantFrom('', 'x', 'y', 'x|y', 'x.*', '|z'),
  })
  .map(({ label, operator, value }): Matcher => {
    const made = makeMatcher(label, operator as Matcher['operator'], value, '0.25');
    if (made.kind === 'invalid') throw new Error(made.reason);
    return made.matcher;
  });
const lists = fc.array(fc.array(matcher, { maxLength: 3 }), { maxLength: 12 });
const labels = fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), fc.constantFrom('', 'x', 'y', 'z', 'xx'));

it('finds the lists that hold, as trying each of them does', () => {
  const property = fc.property(lists, labels, (tried, alert) => {
    const holding = [...tried.keys()].filter((position) => matchesAll(tried[position] ?? [], alert));
    const index = indexMatchers(tried);
    expect(index.matching(alert)).toEqual(holding);
    const last = holding.findIndex((position) => position % 3 === 0);
    const until = last < 0 ? holding : holding.slice(0, last + 1);
    expect(index.matchingUntil(alert, (position) => position % 3 === 0)).toEqual(until);
  });
  fc.assert(property, { numRuns: 500 });
});
