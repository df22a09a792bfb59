import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

it('keeps the order of the items and the width', async () => {
  let running = 0;
  let widest = 0;
  const results = await inParallel([30, 10, 20, 1], 2, async (ms, index) => {
    widest = Math.max(widest, ++running);
    await sleep(ms);
    running--;
    return `${index}:${ms}`;
  });
  expect({ results, widest }).toEqual({ results: ['0:30', '1:10', '2:20', '3:1'], widest: 2 });
});

it('throws the first failure when what runs has ended, and starts no more', async () => {
  const started: number[] = [];
  const ended: number[] = [];
  const call = inParallel([0, 1, 2, 3], 2, async (item) => {
    started.push(item);
    await sleep(item === 0 ? 10 : 30);
    if (item === 0) throw new Error('first');
    ended.push(item);
  });
  await expect(call).rejects.toThrow('first');
  expect({ started, ended }).toEqual({ started: [0, 1], ended: [1] });
});

it('does nothing for no items', async () => {
  expect(await inParallel([], 4, async () => 1)).toEqual([]);
});
