import { describe, expect, it } from 'vitest';
import {
  commonThreshold,
  ownThresholds,
  printAlertOverride,
  readAlertOverride,
  servesVariant,
  withoutOverridden,
} from './alert-override.ts';
import type { JsonValue } from './json.ts';

const override = { alert: 'HostMemoryShort', item: 'mes-1', variant: 'tuned-1', threshold: 0.05 };

describe('an override of an alert', () => {
  it.each([0.05, -3, 1e-7, 5_000_000_000])('with threshold %d is read as it was printed', (threshold) => {
    expect(readAlertOverride(printAlertOverride({ ...override, threshold }))).toEqual({ ...override, threshold });
  });

  it.each<{ name: string; rule: JsonValue }>([
    { name: 'a text', rule: 'up' },
    { name: 'another recorded series', rule: { ...printAlertOverride(override), record: 'signal:up' } },
    { name: 'one without labels', rule: { record: 'override:threshold', expr: 'vector(1)' } },
    {
      name: 'one with an expression of somebody’s own',
      rule: { ...printAlertOverride(override), expr: 'vector(1) + 1' },
    },
    { name: 'one with no number', rule: { ...printAlertOverride(override), expr: 'vector(x)' } },
  ])('is not $name', ({ rule }) => {
    expect(readAlertOverride(rule)).toBeNull();
  });
});

describe('the threshold that items have in common', () => {
  const tuned = `free / all < on (item) group_left () ${ownThresholds('A', 'tuned-1')}`;

  it.each([
    { name: 'of a rule that nothing differs from', expression: '(free / all) < 0.1', threshold: 0.1 },
    { name: 'of a rule that leaves items out', expression: `${withoutOverridden('free', 'A')} == 0`, threshold: 0 },
    {
      name: 'of a rule that takes items back with their own',
      expression: `${withoutOverridden('free', 'A')} < 1e-7 or ${tuned}`,
      threshold: 1e-7,
    },
    {
      name: 'of a rule that was printed with other blanks',
      expression: '(free unless on(item) override:threshold{ alert = "A" })\n  < 0.1 or b',
      threshold: 0.1,
    },
    { name: 'of an expression of another kind', expression: 'rate(a[5m]) > bool b', threshold: null },
  ])('is read from the expression $name', ({ expression, threshold }) => {
    expect(commonThreshold(expression, 'A')).toBe(threshold);
  });

  it('tells the rule of a variant from that of another', () => {
    expect([servesVariant(tuned, 'A', 'tuned-1'), servesVariant(tuned, 'A', 'tuned-11')]).toEqual([true, false]);
  });
});
