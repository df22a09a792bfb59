import { expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { findMissing } from './json-holds.ts';

it.each<{ name: string; printed: JsonValue; written: JsonValue; missing: string | null }>([
  { name: 'more may be printed', printed: { a: 1, b: 2 }, written: { a: 1 }, missing: null },
  { name: 'what is not printed is missing', printed: { a: 1 }, written: { a: 1, b: { c: 2 } }, missing: '/b' },
  { name: 'another value is missing', printed: { a: { b: 1 } }, written: { a: { b: 2 } }, missing: '/a/b' },
  {
    name: 'zero values need not be printed',
    printed: {},
    written: { a: 0, b: false, c: '', d: [], e: { f: '0s' }, g: null },
    missing: null,
  },
  { name: 'durations have many spellings', printed: { a: '1m' }, written: { a: '60s' }, missing: null },
  { name: 'secrets are hidden', printed: { a: '<secret>' }, written: { a: 'sesame' }, missing: null },
  {
    name: 'a secret not yet resolved is hidden too',
    printed: { a: '<secret>' },
    written: { a: { $secret: 'env:A' } },
    missing: null,
  },
  {
    name: 'paths are made absolute',
    printed: { a: ['/etc/p/rules/*.yaml'] },
    written: { a: ['rules/*.yaml'] },
    missing: null,
  },
  { name: 'a name is not a path', printed: { a: 'x/b' }, written: { a: 'b' }, missing: '/a' },
  { name: 'numbers and texts look the same', printed: { a: '2' }, written: { a: 2 }, missing: null },
  { name: 'lists without order may be sorted', printed: ['b', 'a'], written: ['a', 'b'], missing: null },
  { name: 'an entry is not used twice', printed: ['a', 'b'], written: ['a', 'a'], missing: '/1' },
  { name: 'an entry more is missing', printed: [{ a: 1 }], written: [{ a: 1 }, { a: 2 }], missing: '/1' },
  { name: 'what differs in an entry is named', printed: [{ a: 1 }], written: [{ a: 2 }], missing: '/0/a' },
  { name: 'a list is no text', printed: 'a', written: ['a'], missing: '' },
  { name: 'names are escaped as pointers have it', printed: {}, written: { 'a/b~c': 1 }, missing: '/a~1b~0c' },
])('$name', ({ printed, written, missing }) => {
  expect(findMissing(printed, written)).toBe(missing);
});
