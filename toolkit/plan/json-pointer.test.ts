import { describe, expect, it } from 'vitest';
import { childPointer, pointerSteps, valueAt, withKey } from './json-pointer.ts';

// RFC 6901 section 5.
const document = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};

describe('a JSON pointer', () => {
  it.each([
    { pointer: '', value: document },
    { pointer: '/foo', value: ['bar', 'baz'] },
    { pointer: '/foo/0', value: 'bar' },
    { pointer: '/', value: 0 },
    { pointer: '/a~1b', value: 1 },
    { pointer: '/c%d', value: 2 },
    { pointer: '/e^f', value: 3 },
    { pointer: '/g|h', value: 4 },
    { pointer: '/i\\j', value: 5 },
    { pointer: '/k"l', value: 6 },
    { pointer: '/ ', value: 7 },
    { pointer: '/m~0n', value: 8 },
    { pointer: '/foo/01', value: undefined },
    { pointer: '/foo/-', value: undefined },
    { pointer: '/foo/2', value: undefined },
    { pointer: '/nowhere/at/all', value: undefined },
    { pointer: '/toString', value: undefined },
    { pointer: 'foo', value: undefined },
    { pointer: '/~2', value: undefined },
  ])('$pointer', ({ pointer, value }) => {
    expect(valueAt(document, pointer)).toEqual(value);
  });

  it('is made of any key and taken apart again', () => {
    const keys = ['a/b', '~', '~1', '', '0'];
    expect(pointerSteps(keys.reduce(childPointer, ''))).toEqual(keys);
  });

  it('sets a key that is a prototype elsewhere', () => {
    expect(JSON.stringify(withKey({ a: 1 }, '__proto__', 2))).toBe('{"a":1,"__proto__":2}');
  });
});
