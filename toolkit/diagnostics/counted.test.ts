import { expect, it } from 'vitest';
import { counted } from './counted.ts';

it.each([
  { of: counted(0, 'finding'), text: '0 findings' },
  { of: counted(1, 'finding'), text: '1 finding' },
  { of: counted(2, 'finding'), text: '2 findings' },
  { of: counted(1, 'entry', 'entries'), text: '1 entry' },
  { of: counted(3, 'entry', 'entries'), text: '3 entries' },
  { of: counted(1_234_567, 'object'), text: '1,234,567 objects' },
])('a count and its noun agree: $text', ({ of, text }) => {
  expect(of).toBe(text);
});
