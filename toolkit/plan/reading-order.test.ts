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
    {
      name: 'of labels as a file has them, by name, as they come from the state',
      value: { labels: { severity: 'warning', device: 'sda', class: 'host' } },
      shown: '{ labels: { class: "host", device: "sda", severity: "warning" } }',
    },
  ])('$name', ({ value, shown }) => {
    expect(printValue(value)).toBe(shown);
  });
});
