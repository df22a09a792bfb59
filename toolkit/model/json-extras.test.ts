import { expect, it } from 'vitest';
import { findExtra, listsByPosition } from './json-extras.ts';

const fields = { told: new Set(['params', 'jobs', 'labels']), maps: new Set(['labels']) };

it.each([
  { name: 'the same', printed: { jobs: [{ name: 'a' }] }, written: { jobs: [{ name: 'a' }] }, extra: null },
  { name: 'a default', printed: { timeout: '10s', jobs: [] }, written: {}, extra: null },
  {
    name: 'a field that is told',
    printed: { jobs: [{ name: 'a', params: { x: '1' } }] },
    written: { jobs: [{ name: 'a' }] },
    extra: '/jobs/0/params',
  },
  { name: 'an empty field that is told', printed: { params: {} }, written: {}, extra: null },
  {
    name: 'a key of a map',
    printed: { labels: { a: '1', b: '2' } },
    written: { labels: { a: '1' } },
    extra: '/labels/b',
  },
  {
    name: 'an entry at the end',
    printed: { jobs: [{ name: 'a' }, { name: 'b' }] },
    written: { jobs: [{ name: 'a' }] },
    extra: '/jobs/1',
  },
  {
    name: 'an entry in front',
    printed: { jobs: [{ name: 'b' }, { name: 'a' }] },
    written: { jobs: [{ name: 'a' }] },
    extra: '/jobs/0',
  },
  { name: 'a list where none was written', printed: { jobs: [{ name: 'b' }] }, written: {}, extra: '/jobs' },
  {
    name: 'other order',
    printed: { jobs: [{ name: 'b' }, { name: 'a' }] },
    written: { jobs: [{ name: 'a' }, { name: 'b' }] },
    extra: null,
  },
  {
    name: 'something missing, which is not more',
    printed: { jobs: [{ name: 'b' }] },
    written: { jobs: [{ name: 'a' }] },
    extra: null,
  },
])('finds what is printed and not written: $name', ({ printed, written, extra }) => {
  expect(findExtra(printed, written, fields)).toBe(extra);
});

it('gives lists by position where their order means something, at any depth', () => {
  const value = { steps: [{ a: 1 }, { steps: ['x'] }], others: [{ steps: [] }, 'b'] };
  expect(listsByPosition(value, new Set(['steps']))).toEqual({
    steps: { 0: { a: 1 }, 1: { steps: { 0: 'x' } } },
    others: [{ steps: {} }, 'b'],
  });
});
