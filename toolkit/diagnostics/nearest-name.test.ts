import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

it.each([
  { name: 'a letter too many', given: 'adddress', known: ['port', 'address'], nearest: 'address' },
  { name: 'two letters exchanged, which is one slip', given: 'hsot', known: ['shot', 'host'], nearest: 'shot' },
  { name: 'two letters exchanged in a short word', given: 'rul', known: ['url'], nearest: 'url' },
  { name: 'exchanged letters before a word that lacks one', given: 'prot', known: ['rot-1', 'port'], nearest: 'port' },
  { name: 'the one that begins so', given: 'historian', known: ['historian-db', 'historians'], nearest: 'historians' },
  {
    name: 'one that was not written to its end',
    given: 'mes-1-hist',
    known: ['mes-1-db', 'mes-1-historian'],
    nearest: 'mes-1-historian',
  },
  {
    name: 'none where several begin so and none is near',
    given: 'plant',
    known: ['plant-west-1', 'plant-west-2'],
    nearest: null,
  },
  { name: 'another case', given: 'Mes-DB-1', known: ['mes-db-2', 'mes-db-1'], nearest: 'mes-db-1' },
  {
    name: 'the first of two that are equally near',
    given: 'mes-db-3',
    known: ['mes-db-2', 'mes-db-1'],
    nearest: 'mes-db-2',
  },
  { name: 'a short word of which half is alike', given: 'host', known: ['port', 'tls'], nearest: null },
  { name: 'nothing alike', given: 'colour', known: ['port', 'address'], nearest: null },
  { name: 'nothing known', given: 'colour', known: [], nearest: null },
  { name: 'Chinese text', given: '数据厍一号', known: ['数据库一号'], nearest: '数据库一号' },
])('$name', ({ given, known, nearest }) => {
  expect(nearestName(given, known)).toBe(nearest);
});
