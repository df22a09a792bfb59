import { describe, expect, it } from 'vitest';
import { parseCsv } from './parse-csv.ts';

describe('parseCsv', () => {
  it.each([
    {
      name: 'a plain table',
      text: 'id,b\n1,2\n3,4\n',
      header: ['id', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
    {
      name: 'a byte order mark and Windows line ends',
      text: '\ufeffid,名\r\n1,主机\r\n',
      header: ['id', '名'],
      rows: [['1', '主机']],
    },
    { name: 'line ends of old Macintoshes', text: 'id,b\r1,2\r', header: ['id', 'b'], rows: [['1', '2']] },
    {
      name: 'mixed line ends',
      text: 'id,b\r\n1,2\n3,4',
      header: ['id', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
    {
      name: 'quotes with separators, quotes and line ends',
      text: 'id,b\n1,"a,""b""\nc"\n',
      header: ['id', 'b'],
      rows: [['1', 'a,"b"\nc']],
    },
    { name: 'semicolons', text: 'id;b\n1;2,5\n', header: ['id', 'b'], rows: [['1', '2,5']] },
    { name: 'tabs', text: 'id\tb\n1\t2\n', header: ['id', 'b'], rows: [['1', '2']] },
    {
      name: "Excel's line about the separator",
      text: 'sep=;\r\nid;b\r\n1;2\r\n',
      header: ['id', 'b'],
      rows: [['1', '2']],
    },
    {
      name: 'comments and blank rows',
      text: '# a, "b\n\nid,b\n# c\n,\n  \n1,#2\n',
      header: ['id', 'b'],
      rows: [['1', '#2']],
    },
    {
      name: 'empty columns at the end',
      text: 'id,b,,\n1,2,,\n3,4,,\n',
      header: ['id', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
    { name: 'blanks around the names of columns', text: ' id , b\n1,2\n', header: ['id', 'b'], rows: [['1', '2']] },
    { name: 'an empty column between', text: 'id,,b\n1,,2\n', header: ['id', '', 'b'], rows: [['1', '', '2']] },
    { name: 'a header alone', text: 'id,b\n', header: ['id', 'b'], rows: [] },
  ])('$name', ({ text, header, rows }) => {
    expect(parseCsv(text, 'a.csv')).toMatchObject({ header, rows, diagnostics: [] });
  });

  it.each([
    { name: 'an empty file', text: '', code: 'csv/no-header', line: 1, column: 1 },
    {
      name: 'a quote that is not closed',
      text: 'id,b\n1,2\n3,"4\n5,6\n',
      code: 'csv/quote-not-closed',
      line: 3,
      column: 3,
    },
    {
      name: 'a quote inside a cell',
      text: '# c\nid,b\n1,5" disk\n',
      code: 'csv/quote-inside-cell',
      line: 3,
      column: 3,
    },
    {
      name: 'a row of millions of characters',
      text: `id,b\n1,"${'x'.repeat(2_000_000)}"\n`,
      code: 'csv/row-too-long',
      line: 2,
      column: 1,
    },
    { name: 'text after a closing quote', text: 'id,b\n1,"5"x\n', code: 'csv/quote-inside-cell', line: 2, column: 3 },
    { name: 'a column twice', text: 'id,b, b\n1,2,3\n', code: 'csv/duplicate-column', line: 1, column: 6 },
    { name: 'a column without a name', text: 'id,,b\n1,x,2\n', code: 'csv/unnamed-column', line: 1, column: 4 },
    { name: 'a last column without a name', text: 'id,b,\n1,,2\n', code: 'csv/unnamed-column', line: 1, column: 6 },
    { name: 'a row with too many cells', text: 'id,b\n1,2,3\n', code: 'csv/cell-count', line: 2, column: 1 },
    { name: 'a row with too few cells', text: 'id,b\n1\n', code: 'csv/cell-count', line: 2, column: 1 },
    { name: 'Chinese commas', text: 'id，b\n1，2\n', code: 'csv/wide-separator', line: 1, column: 1 },
  ])('$name is an error where it stands', ({ text, code, line, column }) => {
    expect(parseCsv(text, 'a.csv').diagnostics).toMatchObject([
      { code, severity: 'error', position: { file: 'a.csv', line, column } },
    ]);
  });

  it('a row that does not fit leaves the others usable', () => {
    expect(parseCsv('id,b\n1,2\n3\n4,5\n', 'a.csv').rows).toEqual([
      ['1', '2'],
      ['4', '5'],
    ]);
  });

  it('says where each cell stands, after comments, Chinese text and cells of several lines', () => {
    const table = parseCsv('# 注\nid,名,c\n"a\nb",😀主机,x\n# d\n2,"q",z\n', 'a.csv');
    expect(table.positionOf(-1, 1)).toEqual({ file: 'a.csv', line: 2, column: 4, endLine: 2, endColumn: 5 });
    expect(table.positionOf(0, 0)).toEqual({ file: 'a.csv', line: 3, column: 1, endLine: 4, endColumn: 3 });
    expect(table.positionOf(0, 2)).toEqual({ file: 'a.csv', line: 4, column: 9, endLine: 4, endColumn: 10 });
    expect(table.positionOf(1, 1)).toEqual({ file: 'a.csv', line: 6, column: 3, endLine: 6, endColumn: 6 });
    expect(table.rowPositionOf(1)).toEqual({ file: 'a.csv', line: 6, column: 1 });
  });
});
