import { expect, it } from 'vitest';
import { parseQuantity, printBytes, printCores } from './index.ts';

it.each([
  { written: '500m', value: 0.5 },
  { written: '8', value: 8 },
  { written: 8, value: 8 },
  { written: '0.5', value: 0.5 },
  { written: '1k', value: 1000 },
  { written: '1Ki', value: 1024 },
  { written: '1.5Gi', value: 1_610_612_736 },
  { written: '12e3', value: 12_000 },
  { written: '', value: null },
  { written: '8 cores', value: null },
  { written: 'Gi', value: null },
  { written: null, value: null },
])('$written is $value', ({ written, value }) => {
  expect(parseQuantity(written)).toBe(value);
});

it('is printed in the unit that people would take', () => {
  expect([0.25, 8, 1.5].map(printCores)).toEqual(['250m', '8', '1500m']);
  expect([2 ** 30, 1.5 * 2 ** 30, 1000, 0].map(printBytes)).toEqual(['1Gi', '1536Mi', '1000', '0']);
});
