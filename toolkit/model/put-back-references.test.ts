import { expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { putBackReferences } from './put-back-references.ts';

const a = { $secret: 'env:A' };
const b = { $secret: 'env:B' };
const resolve = async (reference: string) => `value of ${reference}`;

it.each<{ name: string; observed: JsonObject; declared: JsonObject; seen: JsonObject }>([
  {
    name: 'a value that is the declared one',
    observed: { url: 'value of env:A' },
    declared: { url: a },
    seen: { url: a },
  },
  { name: 'another value stays', observed: { url: 'former' }, declared: { url: a }, seen: { url: 'former' } },
  {
    name: 'the same text elsewhere stays',
    observed: { note: 'value of env:A' },
    declared: { url: a },
    seen: { note: 'value of env:A' },
  },
  {
    name: 'lists in another order',
    observed: { list: [{ url: 'value of env:B' }, { url: 'by hand' }, { url: 'value of env:A' }] },
    declared: { list: [{ url: a }, { url: b }] },
    seen: { list: [{ url: b }, { url: 'by hand' }, { url: a }] },
  },
  {
    name: 'a field called as a list is none',
    observed: { '*': 'value of env:A' },
    declared: { '': [a] },
    seen: { '*': 'value of env:A' },
  },
])('$name', async ({ observed, declared, seen }) => {
  expect(await putBackReferences(observed, declared, resolve)).toEqual(seen);
});

it('asks for no secret where none is declared, and for each one once', async () => {
  const asked: string[] = [];
  const ask = async (reference: string) => {
    asked.push(reference);
    return '';
  };
  await putBackReferences({ a: 'x' }, { a: 'x' }, ask);
  expect(asked).toEqual([]);
  await putBackReferences({ a: 'x' }, { a, b: a, c: [b, a] }, ask);
  expect(asked).toEqual(['env:A', 'env:B']);
});
