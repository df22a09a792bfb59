import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CanonicalForm,
  canonicalFields,
  duration,
  eachValue,
  fields,
  inAnyOrder,
  inAnyOrderByName,
  inOrder,
  texts,
  trimmed,
  unless,
} from './canonical-form.ts';
import type { JsonObject, JsonValue } from './json.ts';

describe('a form', () => {
  it.each<{ name: string; form: CanonicalForm; value: JsonValue; canonical: JsonValue | undefined }>([
    { name: 'unless drops the default', form: unless([1]), value: [1], canonical: undefined },
    { name: 'unless keeps another value', form: unless(false), value: true, canonical: true },
    { name: 'duration has one spelling', form: duration(), value: '3600s', canonical: '1h' },
    { name: 'duration drops the default', form: duration('1m'), value: '60s', canonical: undefined },
    { name: 'duration keeps what is none', form: duration('1m'), value: '1.5s', canonical: '1.5s' },
    { name: 'inOrder keeps the order', form: inOrder(), value: ['b', 'a'], canonical: ['b', 'a'] },
    { name: 'inOrder drops an empty list', form: inOrder(), value: [], canonical: undefined },
    {
      name: 'inOrder keeps an entry that says nothing',
      form: inOrder(fields({ a: unless(1) })),
      value: [{ a: 1 }],
      canonical: [{}],
    },
    { name: 'inAnyOrder sorts', form: inAnyOrder(), value: ['b', 'a'], canonical: ['a', 'b'] },
    { name: 'inAnyOrder keeps what is no list', form: inAnyOrder(), value: 'a', canonical: 'a' },
    {
      name: 'inAnyOrderByName sorts by the name first',
      form: inAnyOrderByName('n', fields({})),
      value: [
        { a: 1, n: 'b' },
        { n: 'a', z: 1 },
      ],
      canonical: [
        { n: 'a', z: 1 },
        { a: 1, n: 'b' },
      ],
    },
    {
      name: 'eachValue keeps every name',
      form: eachValue(fields({ a: unless(1) })),
      value: { x: { a: 1 } },
      canonical: { x: {} },
    },
    {
      name: 'texts reads scalars as texts',
      form: texts,
      value: { a: 1, b: true, c: 'c' },
      canonical: { a: '1', b: 'true', c: 'c' },
    },
    { name: 'texts drops an empty map', form: texts, value: {}, canonical: undefined },
    { name: 'trimmed takes blanks away', form: trimmed, value: ' a\n', canonical: 'a' },
    { name: 'fields drops an empty object', form: fields({ a: unless(1) }), value: { a: 1 }, canonical: undefined },
    {
      name: 'fields leaves a secret alone',
      form: fields({ $secret: unless('env:A') }),
      value: { $secret: 'env:A' },
      canonical: { $secret: 'env:A' },
    },
  ])('$name', ({ form, value, canonical }) => {
    expect(form(value)).toEqual(canonical);
  });

  it('takes a field that no table names, and drops a null', () => {
    const object: JsonObject = { constructor: 'x', toString: null, other: [null] };
    expect(canonicalFields(object, {})).toEqual({ constructor: 'x', other: [null] });
  });
});

it('a table of forms is idempotent, whatever it is given', () => {
  const form = (spec: JsonObject) =>
    canonicalFields(spec, {
      a: inAnyOrder(fields({ a: duration('1m'), b: texts, c: unless(0) })),
      b: inOrder(inAnyOrder()),
      c: eachValue(fields({ a: trimmed })),
      d: inAnyOrderByName('a', fields({ b: inAnyOrder() })),
    });
  const leaf = fc.oneof(fc.constantFrom('60s', '1m', ' x ', '', 0), fc.jsonValue({ maxDepth: 1 }));
  const inner = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(leaf, fc.array(leaf)));
  const any = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.oneof(inner, fc.array(inner), fc.array(fc.array(leaf)), leaf),
  );
  fc.assert(
    fc.property(any, (spec) => {
      expect(form(form(spec as JsonObject))).toEqual(form(spec as JsonObject));
    }),
  );
});
