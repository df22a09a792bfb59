import { expect, it } from 'vitest';
import { measureMemory, timeRun } from './timed-run.ts';

const node = (script: string) => ({ file: process.execPath, args: ['-e', script], cwd: import.meta.dirname });

it('takes the time from start to exit', async () => {
  const { seconds } = await timeRun(node('setTimeout(() => {}, 300)'));
  expect(seconds).toBeGreaterThan(0.29);
});

const work =
  'const memory = Buffer.alloc(200e6, 1); for (let end = Date.now() + 400; Date.now() < end; ) memory[0] += 1;';
const parent = node(`require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(work)}])`);

it.skipIf(process.platform !== 'linux')('counts the work of children', async () => {
  const { processorSeconds } = await timeRun(parent);
  expect(processorSeconds).toBeGreaterThan(0.1);
});

it.skipIf(process.platform !== 'linux')('counts the memory of children, and pages that are shared once', async () => {
  const [peak] = await measureMemory(parent, 1);
  expect(peak?.heldBytes).toBeGreaterThan(200e6);
  expect(peak?.residentBytes).toBeGreaterThan(peak?.heldBytes ?? Number.POSITIVE_INFINITY);
});

it('a run that fails is no measurement', async () => {
  await expect(timeRun(node('console.error("no disk"); process.exit(3)'))).rejects.toThrow(/ended with 3:\nno disk/);
});
