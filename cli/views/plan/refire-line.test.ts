import { expect, it } from 'vitest';
import type { Refire } from '../../../toolkit/operate/index.ts';
import { refireLine } from './refire-line.ts';

const refire: Refire = {
  stack: 'plant-1',
  alert: 'HostDown',
  state: 'firing',
  effect: 'fires-again',
  because: 'its labels change (severity critical -> warning)',
  forMs: 120_000,
  alerts: [{ labels: { item: 'mes-1' }, activeAtMs: 0 }],
};
const two = [...refire.alerts, { labels: { item: 'hist-1' }, activeAtMs: 0 }];

it.each([
  {
    change: {},
    line: 'plant-1: 1 firing alert HostDown (mes-1) is told as resolved though nothing is mended, and fires again after 2m: its labels change (severity critical -> warning).',
  },
  {
    change: { alerts: two, forMs: 0, because: 'its rule moves to another file' },
    line: 'plant-1: 2 firing alerts HostDown (hist-1, mes-1) are told as resolved though nothing is mended, and fire again at once: its rule moves to another file.',
  },
  {
    change: { state: 'pending' },
    line: 'plant-1: 1 pending alert HostDown (mes-1) begins to wait anew: its labels change (severity critical -> warning).',
  },
  {
    change: { effect: 'ends', because: 'its rule is removed', forMs: null, alerts: [{ labels: {}, activeAtMs: 0 }] },
    line: 'plant-1: 1 firing alert HostDown ends though nothing is mended: its rule is removed.',
  },
  {
    change: { effect: 'clears', because: 'its changed condition does not hold', forMs: null },
    line: 'plant-1: 1 firing alert HostDown (mes-1) ends: its changed condition does not hold.',
  },
  {
    change: { effect: 'unknown', because: 'its condition changes', forMs: null },
    line: 'plant-1: 1 firing alert HostDown (mes-1) may end or go on, which the server could not tell: its condition changes.',
  },
] as const)('reads: $line', ({ change, line }) => {
  expect(refireLine({ ...refire, ...change })).toBe(line);
});
