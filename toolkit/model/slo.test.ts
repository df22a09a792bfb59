import { describe, expect, it } from 'vitest';
import { DeclarationRefused } from './hold-to-shape.ts';
import { items } from './item-selection.ts';
import { defineSlo } from './slo.ts';
import { defineStack } from './stack.ts';

const total = { metric: 'requests_total' };
const right = {
  id: 'mes-answers',
  title: { en: 'The MES answers', zh: 'MES 可用' },
  service: items.where({ id: 'web-1' }),
  objective: 0.999,
  window: { rolling: '30d' },
  indicator: { kind: 'ratio', good: { metric: 'requests_total', where: { code: '200' } }, total },
} as const;

/** Content runs with its types stripped, so anything can come. */
const told = (changes: object): readonly string[] => {
  try {
    defineSlo({ ...right, ...changes } as never);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof DeclarationRefused)) throw thrown;
    return thrown.diagnostics.map(({ code, detail }) => `${code} ${detail.slice(0, detail.indexOf(' in defineSlo'))}`);
  }
};

describe('defineSlo', () => {
  it('gives plain data with the place of the call', () => {
    const { source, ...slo } = defineSlo(right);
    expect(slo).toEqual({ ...right, kind: 'slo' });
    expect(source.file).toMatch(/slo\.test\.ts$/);
    expect(JSON.parse(JSON.stringify(slo))).toEqual(slo);
  });

  it.each([
    { name: 'an objective of everything', changes: { objective: 1 }, expected: ['declaration/wrong-value objective'] },
    { name: 'an objective in percent', changes: { objective: 99.9 }, expected: ['declaration/wrong-value objective'] },
    { name: 'an id with capitals', changes: { id: 'MesAnswers' }, expected: ['declaration/wrong-value id'] },
    { name: 'a misspelt field', changes: { objectiv: 0.9 }, expected: ['declaration/unknown-field objectiv'] },
    {
      name: 'a window of nothing',
      changes: { window: { rolling: '0s' } },
      expected: ['declaration/wrong-value window.rolling'],
    },
    {
      name: 'a window of a week by the calendar',
      changes: { window: { calendar: 'week', zone: 'UTC' } },
      expected: ['declaration/wrong-value window.calendar'],
    },
    {
      name: 'an indicator of no kind',
      changes: { indicator: { good: total, total } },
      expected: ['declaration/missing-field indicator.kind'],
    },
    {
      name: 'a selector that is a text',
      changes: { indicator: { kind: 'ratio', good: 'requests_total', total } },
      expected: ['declaration/wrong-value indicator.good'],
    },
    {
      name: 'a label with two tests',
      changes: { indicator: { ...right.indicator, good: { metric: 'a', where: { b: { not: '1', matching: '2' } } } } },
      expected: ['declaration/wrong-value indicator.good.where.b'],
    },
    {
      name: 'a metric that would write PromQL of its own',
      changes: { indicator: { ...right.indicator, total: { metric: 'a) or vector(1' } } },
      expected: ['declaration/wrong-value indicator.total.metric'],
    },
    {
      name: 'a label that would write PromQL of its own',
      changes: { indicator: { ...right.indicator, total: { metric: 'a', where: { 'b="1"} or c{d': '2' } } } },
      expected: ['declaration/wrong-value indicator.total.where'],
    },
    {
      name: 'a composite of an id',
      changes: { indicator: { kind: 'composite', rule: 'all', of: ['mes-answers'] } },
      expected: ['declaration/wrong-value indicator.of[0]'],
    },
    {
      name: 'an alert that is information',
      changes: { alerting: [{ severity: 'info', budget: 0.1, long: '1h' }] },
      expected: ['declaration/wrong-value alerting[0].severity'],
    },
  ])('refuses $name', ({ changes, expected }) => {
    expect(told(changes)).toEqual(expected);
  });

  it('names the parts of a composite by their ids, each with its weight', () => {
    const part = defineSlo(right);
    const weighted = defineSlo({
      ...right,
      id: 'whole',
      indicator: { kind: 'composite', rule: 'weighted', of: [{ slo: part, weight: 3 }] },
    });
    expect(weighted.indicator).toEqual({
      kind: 'composite',
      rule: 'weighted',
      of: [{ slo: 'mes-answers', weight: 3 }],
    });
  });
});

it('a stack upholds what defineSlo has made, and nothing else', () => {
  const stack = defineStack({ name: 'hq', tier: 'L1', site: 'hq', team: 'hq-ops' });
  expect(stack.uphold(defineSlo(right)).objectives.map(({ slo }) => slo.id)).toEqual(['mes-answers']);
  expect(() => stack.uphold({ id: 'mes-answers' } as never)).toThrow(DeclarationRefused);
});
