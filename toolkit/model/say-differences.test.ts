import { expect, it } from 'vitest';
import { sayDifferences } from './say-differences.ts';

const fields = { told: new Set(['told']), maps: new Set<string>() };

function say(printed: object, written: object) {
  return sayDifferences({ printed, written, fields, file: 'a.yml', runner: 'the server' } as never);
}

it('says every place that differs, and every field that is more', () => {
  expect(say({ a: 1, b: { c: 1, told: 'x' }, d: [1, 2, 3] }, { a: 2, b: { c: 2 }, d: [1, 2] })).toEqual([
    '/a of a.yml is not what the server runs.',
    '/b/c of a.yml is not what the server runs.',
    'The server runs with /b/told, which is not in a.yml.',
    'The server runs with /d/2, which is not in a.yml.',
  ]);
});

it('counts what is beyond a number that somebody reads', () => {
  const written = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, 1]));
  const said = say({}, written);
  expect([said.length, said.at(-1)]).toEqual([21, '10 more places of a.yml are not what the server runs.']);
});
