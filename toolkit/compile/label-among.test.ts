import { expect, it } from 'vitest';
import { labelAmong } from './label-among.ts';

it.each([
  { name: 'one value is a plain text', values: ['web-1.plant'], matcher: 'item="web-1.plant"' },
  { name: 'several are a pattern', values: ['web-1', 'web-2'], matcher: 'item=~"web-1|web-2"' },
  { name: 'a dot is a dot', values: ['a.b', 'c'], matcher: 'item=~"a\\\\.b|c"' },
  { name: 'none is nothing', values: [], matcher: 'item=~""' },
])('$name', ({ values, matcher }) => {
  expect(labelAmong('item', values)).toBe(matcher);
});
