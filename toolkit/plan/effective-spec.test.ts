import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { effectiveSpec } from './effective-spec.ts';
import { valueAt } from './json-pointer.ts';

describe('the spec that is written', () => {
  it.each<{
    name: string;
    desired: JsonObject;
    observed: JsonObject | null;
    ignore: readonly string[];
    spec: JsonObject;
  }>([
    {
      name: 'is as declared when nothing is ignored',
      desired: { a: 1 },
      observed: { a: 2 },
      ignore: [],
      spec: { a: 1 },
    },
    { name: 'is as declared when nothing is there', desired: { a: 1 }, observed: null, ignore: ['/a'], spec: { a: 1 } },
    {
      name: 'has the observed value',
      desired: { a: 1, b: 1 },
      observed: { a: 2, b: 2 },
      ignore: ['/a'],
      spec: { a: 2, b: 1 },
    },
    { name: 'has the observed absence', desired: { a: 1, b: 1 }, observed: { b: 2 }, ignore: ['/a'], spec: { b: 1 } },
    {
      name: 'has what only the target has',
      desired: { b: 1 },
      observed: { a: 2, b: 1 },
      ignore: ['/a'],
      spec: { a: 2, b: 1 },
    },
    {
      name: 'has a parent made for it',
      desired: {},
      observed: { a: { b: 1, c: 1 } },
      ignore: ['/a/b'],
      spec: { a: { b: 1 } },
    },
    { name: 'has no parent made for an absence', desired: {}, observed: { a: { c: 1 } }, ignore: ['/a/b'], spec: {} },
    {
      name: 'keeps what is not an object',
      desired: { a: 1 },
      observed: { a: { b: 1 } },
      ignore: ['/a/b'],
      spec: { a: 1 },
    },
    {
      name: 'exchanges an element',
      desired: { a: [1, 2] },
      observed: { a: [3, 4, 5] },
      ignore: ['/a/1'],
      spec: { a: [1, 4] },
    },
    {
      name: 'exchanges inside an element',
      desired: { a: [{ b: 1, c: 1 }] },
      observed: { a: [{ b: 2, c: 2 }] },
      ignore: ['/a/0/b'],
      spec: { a: [{ b: 2, c: 1 }] },
    },
    {
      name: 'keeps a list as long as it is',
      desired: { a: [1] },
      observed: { a: [1, 2] },
      ignore: ['/a/1', '/a/-'],
      spec: { a: [1] },
    },
    {
      name: 'is the observed one when all is ignored',
      desired: { a: 1 },
      observed: { b: 2 },
      ignore: [''],
      spec: { b: 2 },
    },
    {
      name: 'passes over what is no pointer',
      desired: { a: 1 },
      observed: { a: 2 },
      ignore: ['a', '/~2'],
      spec: { a: 1 },
    },
    {
      name: 'unescapes',
      desired: { 'x/y': 1, '~': 1 },
      observed: { 'x/y': 2, '~': 2 },
      ignore: ['/x~1y'],
      spec: { 'x/y': 2, '~': 1 },
    },
  ])('$name', ({ desired, observed, ignore, spec }) => {
    expect(effectiveSpec(desired, observed, ignore)).toEqual(spec);
  });

  it('agrees with the target wherever that has a place for it, and is the same done twice', () => {
    const specs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.dictionary(fc.constantFrom('d', 'e'), fc.nat(3)));
    const pointers = fc.array(fc.constantFrom('/a', '/b', '/a/d', '/b/e', '/c/d'), { maxLength: 3 });
    fc.assert(
      fc.property(specs, specs, pointers, (desired, observed, ignore) => {
        const spec = effectiveSpec(desired, observed, ignore);
        for (const pointer of ignore) expect(valueAt(spec, pointer)).toEqual(valueAt(observed, pointer));
        expect(effectiveSpec(spec, observed, ignore)).toEqual(spec);
      }),
    );
  });
});
