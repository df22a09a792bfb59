import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CsvTable, parseCsv } from './parse-csv.ts';
import { plainRows } from './plain-rows.ts';

const pieces = [
  'a',
  'host',
  ' ',
  ',',
  ',',
  ';',
  '\t',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '#',
  '# x',
  '主机',
  '😀',
  '\ufeff',
  '\u0000',
  '-',
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));

it('a text without quotes is read as the library reads it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      // A quote in a comment leaves all of it to the library.
      expect(describeTable(parseCsv(text, 'a.csv'))).toEqual(describeTable(parseCsv(`${text}\n#"`, 'a.csv')));
    }),
    { numRuns: 3_000 },
  );
});

it.each([
  { name: 'has a quote', text: 'id,title\n1,"a, b"\n' },
  { name: 'has a row longer than any', text: `id\n${'x'.repeat(1_000_001)}\n` },
])('leaves a text to the library that $name', ({ text }) => {
  expect(plainRows(text, ',')).toBeNull();
});

function describeTable({ header, rows, separator, diagnostics, offsetsOf }: CsvTable) {
  const cells = [-1, ...rows.keys()].map((row) => header.map((_, column) => offsetsOf(row, column)));
  return { header, rows, separator, diagnostics, cells };
}
