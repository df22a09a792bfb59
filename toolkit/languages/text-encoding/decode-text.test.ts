import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const wide = (text: string): Uint8Array => Buffer.from(text, 'utf16le');
// The same two columns as Chinese Excel saves them, in GBK and in Big5.
const gbk = Buffer.from('69642c7469746c650a6d2d312cbcafcdc5bce0bfd8b7fecef1c6f70a', 'hex');
const big5 = Buffer.from(
  '69642c7469746c650a6d65732d312cb6b0b9cebacab1b1a6f8aa41beb90a6d65732d322cb9e7aa69bc74afe0b7bdbadeb27a0a',
  'hex',
);

describe('decodeText', () => {
  it.each([
    { name: 'plain text', bytes: Buffer.from('id\n主机一\n'), text: 'id\n主机一\n' },
    { name: 'a byte order mark is taken off', bytes: Buffer.from('\ufeffid\r\n'), text: 'id\r\n' },
    { name: 'an empty file', bytes: Buffer.from(''), text: '' },
  ])('$name', ({ bytes, text }) => {
    expect(decodeText(bytes, 'a.csv')).toEqual({ kind: 'text', text });
  });

  it.each([
    { name: 'GBK', bytes: gbk, found: /GB18030/, line: 2, column: 5 },
    { name: 'Big5', bytes: big5, found: /Big5/, line: 2, column: 7 },
    {
      name: 'UTF-16 with a mark',
      bytes: wide('\ufeffid,名'),
      found: /UTF-16 \(little endian\), which Excel/,
      line: 1,
      column: 1,
    },
    {
      name: 'UTF-16 without a mark',
      bytes: wide('id,title\n'),
      found: /UTF-16 .* without a byte order mark/,
      line: 1,
      column: 1,
    },
    { name: 'Latin-1', bytes: Buffer.from('a\ncaf\u00e9\n', 'latin1'), found: /single-byte/, line: 2, column: 4 },
    { name: 'an Excel workbook', bytes: Buffer.from('504b030414000600ff', 'hex'), found: /xlsx/, line: 1, column: 1 },
    { name: 'a character cut off at the end', bytes: Buffer.from('主').subarray(0, 2), found: /./, line: 1, column: 1 },
  ])('$name is named and refused', ({ bytes, found, line, column }) => {
    const decoded = decodeText(bytes, 'a.csv');
    expect(decoded).toMatchObject({
      kind: 'refused',
      diagnostic: { code: 'encoding/not-utf-8', expected: 'UTF-8', position: { file: 'a.csv', line, column } },
    });
    expect(decoded.kind === 'refused' && decoded.diagnostic.found).toMatch(found);
  });

  it('a NUL byte is refused at its place', () => {
    expect(decodeText(Buffer.from('id\nhost-a\nab\0'), 'a.csv')).toMatchObject({
      kind: 'refused',
      diagnostic: { code: 'encoding/nul-byte', position: { file: 'a.csv', line: 3, column: 3 } },
    });
  });
});
