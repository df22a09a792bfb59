import { expect, it } from 'vitest';
import { timeRun } from './timed-run.ts';

const node = (script: string) => ({ file: process.execPath, args: ['-e', script], cwd: import.meta.dirname });

it('takes the time from start to exit', async () => {
  const { seconds } = await timeRun(node('setTimeout(() => {}, 300)'));
  expect(seconds).toBeGreaterThan(0.29);
});

it.skipIf(process.platform !== 'linux')('counts the memory and the work of children', async () => {
  const work =
    'const memory = Buffer.alloc(200e6, 1); for (let end = Date.now() + 300; Date.now() < end; ) memory[0] += 1;';
  const parent = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(work)}])`;
  const { peakBytes, processorSeconds } = await timeRun(node(parent));
  expect(peakBytes).toBeGreaterThan(200e6);
  expect(processorSeconds).toBeGreaterThan(0.1);
});

it('a run that fails is no measurement', async () => {
  await expect(timeRun(node('console.error("no disk"); process.exit(3)'))).rejects.toThrow(/ended with 3:\nno disk/);
});
