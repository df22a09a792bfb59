import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const known = ['plant-east-1/prometheus-rules/host', 'plant-east-2/prometheus-rules/host', 'plant-east-1/grafana-dashboard/host', 'hq'];

it.each([
  { name: 'one wrong letter', word: 'plant-east-1/prometeus-rules/host', found: known.slice(0, 2) },
  { name: 'a part of an address', word: 'grafana', found: [known[2]] },
  { name: 'other case', word: 'HQ', found: ['hq'] },
  { name: 'nothing alike', word: 'zzzzzzzz', found: [] },
  { name: 'a short word that is like everything', word: 'xy', found: ['hq'] },
])('$name', ({ word, found }) => {
  expect(nearest(word, known, 2)).toEqual(found);
});
