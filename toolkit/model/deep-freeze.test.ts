import { expect, it } from 'vitest';
import { deepFreeze } from './deep-freeze.ts';

it.each([
  { name: 'a field', change: (made: Made) => Object.assign(made, { level: 'advisory' }) },
  { name: 'a function', change: (made: Made) => Object.assign(made, { check: () => [] }) },
  { name: 'a field further in', change: (made: Made) => Object.assign(made.title, { en: 'other' }) },
  { name: 'a list', change: (made: Made) => made.clauses.splice(0) },
])('$name of what was made can be changed no more', ({ change }) => {
  const made = deepFreeze({ level: 'mandatory', title: { en: 'one' }, clauses: ['a'], check: () => ['found'] });
  expect(() => change(made)).toThrow(TypeError);
  expect(made).toMatchObject({ level: 'mandatory', title: { en: 'one' }, clauses: ['a'] });
  expect(made.check()).toEqual(['found']);
});

it('ends on what holds itself', () => {
  const ring: { self?: object } = {};
  ring.self = ring;
  expect(Object.isFrozen(deepFreeze(ring))).toBe(true);
});

interface Made {
  readonly title: object;
  readonly clauses: string[];
}
