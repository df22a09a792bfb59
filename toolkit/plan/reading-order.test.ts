import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { printValue } from './print-value.ts';

describe('the order in which fields are shown', () => {
  it.each<{ name: string; value: JsonObject; shown: string }>([
    {
      name: 'of a rule, from the state, where keys are sorted',
      value: { alert: 'Down', annotations: {}, expr: 'up == 0', for: '2m', labels: {} },
      shown: '{ alert: "Down", expr: "up == 0", for: "2m", labels: {}, annotations: {} }',
    },
    {
      name: 'of a route, with what nobody has ranked between',
      value: { continue: true, matchers: ['a="b"'], receiver: 'ops', routes: [] },
      shown: `{ receiver: "ops", matchers: ['a="b"'], continue: true, routes: [] }`,
    },
    { name: 'of anything else, as it stands', value: { b: 1, a: 2 }, shown: '{ b: 1, a: 2 }' },
  ])('$name', ({ value, shown }) => {
    expect(printValue(value)).toBe(shown);
  });
});
