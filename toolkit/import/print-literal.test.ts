import { expect, it } from 'vitest';
import type { JsonValue } from '../model/json.ts';
import { printLiteral, printText } from './print-literal.ts';

it.each<{ name: string; value: JsonValue }>([
  { name: 'a text with both quotes', value: `it's "so"` },
  { name: 'a text of several lines with what a template literal reads', value: 'a\n  `b` ${c} \\d\n' },
  { name: 'a text with a carriage return', value: 'a\r\nb' },
  { name: 'separators of lines that JSON has in texts', value: '\u2028\u2029' },
  { name: 'a pattern', value: '\\\\.+?' },
  { name: 'names that are no identifiers', value: { 'a-b': 1, "it's": 2, '1': 3, constructor: 4 } },
  {
    name: 'lists, short and long',
    value: [[], ['a', 'b'], Array.from({ length: 40 }, (_, index) => `entry ${index}`)],
  },
  { name: 'numbers, null and booleans', value: { a: -1.5e300, b: null, c: false, d: {} } },
])('$name is read as what it was', ({ value }) => {
  expect(new Function(`return (${printLiteral(value)});`)()).toEqual(value);
});

it('the quotes are those that need less escaping', () => {
  expect([printText(`a`), printText(`it's`), printText(`"a"`), printText(`it's "a"`)]).toEqual([
    `'a'`,
    `"it's"`,
    `'"a"'`,
    `'it\\'s "a"'`,
  ]);
});

it('comments stand above what they are about, calls around it, and what is left out is not there', () => {
  const value = { rules: [{ alert: 'A' }, { alert: 'B' }, { alert: 'C' }] };
  const options = {
    commentsAt: (pointer: string) => (pointer === '/rules/2' ? [' the third', ''] : []),
    callAt: (pointer: string) => (/^\/rules\/\d+$/.test(pointer) ? 'rule' : null),
    isLeftOut: (pointer: string) => pointer === '/rules/1',
  };
  expect(printLiteral(value, options)).toBe(`{
  rules: [
    rule({
      alert: 'A',
    }),
    // the third
    //
    rule({
      alert: 'C',
    }),
  ],
}`);
});
