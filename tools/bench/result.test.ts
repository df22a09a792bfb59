import { describe, expect, it } from 'vitest';
import { memory, notMeasured, type Result, verdictOf } from './result.ts';

const atMostOne = { kind: 'at-most', value: 1 } as const;
const atLeastTen = { kind: 'at-least', value: 10 } as const;

describe('a verdict', () => {
  it.each([
    { name: 'a median below the budget is met', bound: atMostOne, samples: [0.8, 0.9, 1.4], verdict: 'met' },
    {
      name: 'a median above it is noise when a run kept to it',
      bound: atMostOne,
      samples: [0.9, 1.1, 1.2],
      verdict: 'within noise',
    },
    { name: 'a budget that no run kept to is missed', bound: atMostOne, samples: [1.1, 1.2, 1.3], verdict: 'MISSED' },
    { name: 'a lead is met from above', bound: atLeastTen, samples: [9, 11, 12], verdict: 'met' },
    { name: 'a lead that no run had is missed', bound: atLeastTen, samples: [8, 9, 9], verdict: 'MISSED' },
    { name: 'a number without a budget is told', bound: null, samples: [3], verdict: 'told' },
  ])('$name', ({ bound, samples, verdict }) => {
    const result: Result = { kind: 'measured', work: 'work', unit: 's', samples, processorSeconds: [], bound };
    expect(verdictOf(result)).toBe(verdict);
  });

  it('of what was not measured is none', () => {
    expect(verdictOf(notMeasured('work', 'The peer is not installed.'))).toBe('not measured');
  });
});

it('memory is not measured where the system does not tell', () => {
  expect(verdictOf(memory('work', [], 400))).toBe('not measured');
});
