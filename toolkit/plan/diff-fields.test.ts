import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldChange, type JsonValue, jsonEquals } from '../model/index.ts';
import { arbitraryJson } from '../testing/arbitraries.ts';
import { diffFields } from './diff-fields.ts';
import { valueAt } from './json-pointer.ts';

const secret = (name: string) => ({ $secret: `env:${name}` });
const rule = (alert: string, expr = 'up') => ({ alert, expr });

describe('the fields that differ', () => {
  it.each<{ name: string; before: JsonValue; after: JsonValue; fields: readonly FieldChange[] }>([
    {
      name: 'none in equal specs, whatever the order of keys',
      before: { a: 1, b: 2 },
      after: { b: 2, a: 1 },
      fields: [],
    },
    { name: 'a changed one', before: { a: 1 }, after: { a: 2 }, fields: [{ pointer: '/a', before: 1, after: 2 }] },
    { name: 'a new one', before: {}, after: { a: null }, fields: [{ pointer: '/a', after: null }] },
    { name: 'a removed one', before: { a: {} }, after: {}, fields: [{ pointer: '/a', before: {} }] },
    {
      name: 'only the one inside',
      before: { a: { b: { c: 1, d: 1 } } },
      after: { a: { b: { c: 2, d: 1 } } },
      fields: [{ pointer: '/a/b/c', before: 1, after: 2 }],
    },
    {
      name: 'in order of key',
      before: { b: 1, a: 1 },
      after: { b: 2, a: 2 },
      fields: [
        { pointer: '/a', before: 1, after: 2 },
        { pointer: '/b', before: 1, after: 2 },
      ],
    },
    {
      name: 'with what a pointer must escape',
      before: { 'a/b': { '~': 1, '': 1 } },
      after: { 'a/b': { '~': 2, '': 1 } },
      fields: [{ pointer: '/a~1b/~0', before: 1, after: 2 }],
    },
    {
      name: 'the whole when one side is no object',
      before: { a: [1] },
      after: { a: { 0: 1 } },
      fields: [{ pointer: '/a', before: [1], after: { 0: 1 } }],
    },
    {
      name: 'a key that is a prototype elsewhere',
      before: {},
      after: JSON.parse('{"__proto__":1}'),
      fields: [{ pointer: '/__proto__', after: 1 }],
    },
    {
      name: 'a secret reference as one',
      before: { token: secret('A') },
      after: { token: secret('B') },
      fields: [{ pointer: '/token', before: secret('A'), after: secret('B') }],
    },
    {
      name: 'one insert among named elements, not a shift of all that follow',
      before: { rules: [rule('a'), rule('c')] },
      after: { rules: [rule('a'), rule('b'), rule('c')] },
      fields: [{ pointer: '/rules/1', after: rule('b') }],
    },
    {
      name: 'one removal among named elements, by its former place',
      before: { rules: [rule('a'), rule('b'), rule('c')] },
      after: { rules: [rule('a'), rule('c', 'down')] },
      fields: [
        { pointer: '/rules/1', before: rule('b') },
        { pointer: '/rules/1/expr', before: 'up', after: 'down' },
      ],
    },
    {
      name: 'a renamed element as one that went and one that came',
      before: [rule('a')],
      after: [rule('b')],
      fields: [
        { pointer: '/0', before: rule('a') },
        { pointer: '/0', after: rule('b') },
      ],
    },
    {
      name: 'an alert and a recording of one name as two elements',
      before: [{ alert: 'a' }, { record: 'a' }],
      after: [{ alert: 'a' }, { record: 'a', labels: {} }],
      fields: [{ pointer: '/1/labels', after: {} }],
    },
    {
      name: 'a named element that went from one place and came to another',
      before: [rule('a'), rule('b')],
      after: [rule('b'), rule('a')],
      fields: [
        { pointer: '/1', before: rule('b') },
        { pointer: '/0', after: rule('b') },
      ],
    },
    {
      name: 'elements by content where a name is used twice',
      before: [rule('a', '1'), rule('a', '2'), rule('a', '3')],
      after: [rule('a', '1'), rule('a', '3')],
      fields: [{ pointer: '/1', before: rule('a', '2') }],
    },
    {
      name: 'one insert in a list of texts',
      before: ['a', 'c'],
      after: ['a', 'b', 'c'],
      fields: [{ pointer: '/1', after: 'b' }],
    },
    {
      name: 'one removal from a list of texts',
      before: ['a', 'b', 'c'],
      after: ['b', 'c'],
      fields: [{ pointer: '/0', before: 'a' }],
    },
    {
      name: 'what is between equal elements in pairs',
      before: [{ x: 1 }, 'same', { y: 1 }],
      after: [{ x: 2 }, 'same', { y: 1 }, 'new'],
      fields: [
        { pointer: '/0/x', before: 1, after: 2 },
        { pointer: '/3', after: 'new' },
      ],
    },
  ])('$name', ({ before, after, fields }) => {
    expect(diffFields(before, after)).toEqual(fields);
  });

  it('are none exactly when the specs are equal', () => {
    fc.assert(
      fc.property(arbitraryJson(), arbitraryJson(), (before, after) => {
        expect(diffFields(before, after).length === 0).toBe(jsonEquals(before, after));
        expect(diffFields(before, structuredClone(before))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('are what stands at their pointers, on both sides where both have it', () => {
    fc.assert(
      fc.property(arbitraryJson(), arbitraryJson(), (before, after) => {
        for (const field of diffFields(before, after)) {
          if (field.after === undefined) expect(valueAt(before, field.pointer)).toEqual(field.before);
          else expect(valueAt(after, field.pointer)).toEqual(field.after);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('of two long lists without names are found in reasonable time', () => {
    const before = Array.from({ length: 5000 }, (_, index) => `line ${index}`);
    const after = before.map((line, index) => (index % 2 === 0 ? line : `${line} changed`));
    expect(diffFields(before, after)).toHaveLength(2500);
  });
});
