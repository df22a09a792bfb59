import { describe, expect, it } from 'vitest';
import { decodeSnappy } from './decode-snappy.ts';
import { readWriteRequest } from './read-write-request.ts';

const text = (value: string) => [...new TextEncoder().encode(value)];
const bytes = (...parts: readonly (number | readonly number[])[]) => Uint8Array.from(parts.flat());

describe('a block of Snappy', () => {
  it.each([
    { name: 'bytes as they are', packed: bytes(5, 4 << 2, text('hello')), unpacked: 'hello' },
    { name: 'a look back', packed: bytes(9, 2 << 2, text('abc'), 1 + (2 << 2), 3), unpacked: 'abcabcabc' },
    {
      name: 'a look back with a long distance',
      packed: bytes(6, 2 << 2, text('abc'), 2 + (2 << 2), 3, 0),
      unpacked: 'abcabc',
    },
    {
      name: 'a copy that reaches into what it writes',
      packed: bytes(8, 0, text('a'), 2 + (6 << 2), 1, 0),
      unpacked: 'aaaaaaaa',
    },
    {
      name: 'bytes whose number takes a byte of its own',
      packed: bytes(70, 60 << 2, 69, text('x'.repeat(70))),
      unpacked: 'x'.repeat(70),
    },
    { name: 'nothing', packed: bytes(0), unpacked: '' },
  ])('unpacks $name', ({ packed, unpacked }) => {
    expect(new TextDecoder().decode(decodeSnappy(packed) ?? bytes(0))).toBe(unpacked);
  });

  it.each([
    { name: 'ends before its text', packed: bytes(5, 4 << 2, text('hel')) },
    { name: 'looks back behind its start', packed: bytes(6, 0, text('a'), 1 + (1 << 2), 9) },
    { name: 'is longer than it says', packed: bytes(2, 4 << 2, text('hello')) },
    { name: 'is shorter than it says', packed: bytes(9, 4 << 2, text('hello')) },
    { name: 'is empty', packed: bytes() },
    { name: 'says a length without end', packed: bytes(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255) },
  ])('is refused when it $name', ({ packed }) => {
    expect(decodeSnappy(packed)).toBeNull();
  });
});

const field = (number: number, content: readonly number[]) => [number * 8 + 2, content.length, ...content];
const label = (name: string, value: string) => field(1, [...field(1, text(name)), ...field(2, text(value))]);
const double = (value: number) => [...new Uint8Array(new Float64Array([value]).buffer)];
/** 1,700,000,000,000 ms as a varint. */
const time = [128, 208, 149, 255, 188, 49];
const sample = (value: number) => field(2, [9, ...double(value), 16, ...time]);
const packed = (message: readonly number[]) => bytes(message.length, (message.length - 1) << 2, message);

it('a write has series with labels, times and values', () => {
  const message = field(1, [...label('a', 'é'), ...sample(1.5)]);
  expect(readWriteRequest(packed(message))).toEqual([
    { labels: { a: 'é' }, timesMs: [1_700_000_000_000], values: [1.5] },
  ]);
});

it.each([
  { name: 'is cut off', message: field(1, label('a', 'b')).slice(0, -2) },
  { name: 'is no protocol buffer', message: text('hello') },
])('a write that $name is refused', ({ message }) => {
  expect(readWriteRequest(packed(message))).toBeNull();
});
