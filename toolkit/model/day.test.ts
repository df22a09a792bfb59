import { expect, it } from 'vitest';
import { parseDay } from './day.ts';

it.each([
  { text: '1970-01-01', day: 0 },
  { text: '2027-03-31', day: 20_908 },
  { text: '2028-02-29', day: 21_243 },
  { text: '2027-02-29', day: null },
  { text: '2027-02-30', day: null },
  { text: '2027-13-01', day: null },
  { text: '2027-3-31', day: null },
  { text: '2027-03-31T00:00:00Z', day: null },
  { text: 'never', day: null },
  { text: '', day: null },
])('$text is day $day', ({ text, day }) => {
  expect(parseDay(text)).toBe(day);
});
