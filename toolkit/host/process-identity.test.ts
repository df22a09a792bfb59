import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { livenessOf, thisProcess } from './process-identity.ts';

const here = thisProcess();

it.each([
  { name: 'this process is alive', other: here, liveness: 'alive' },
  { name: 'a number that no process has is dead', other: { ...here, pid: 2 ** 22 + 1 }, liveness: 'dead' },
  { name: 'a number that another process has by now is dead', other: { ...here, started: '1' }, liveness: 'dead' },
  {
    name: 'a process from before the last start of the machine is dead',
    other: { ...here, boot: 'x' },
    liveness: 'dead',
  },
  { name: 'a process of another host is unknown', other: { ...here, host: 'x' }, liveness: 'unknown' },
  {
    name: 'a process of another machine of the same name is unknown',
    other: { ...here, machine: 'x' },
    liveness: 'unknown',
  },
  { name: 'a process of another container is unknown', other: { ...here, pidNamespace: 'x' }, liveness: 'unknown' },
  { name: 'a process whose start nobody wrote down is unknown', other: { ...here, started: '' }, liveness: 'unknown' },
  { name: 'a boot that nobody wrote down says nothing', other: { ...here, boot: '' }, liveness: 'unknown' },
] as const)('$name', ({ other, liveness }) => {
  expect(livenessOf(other, here)).toBe(liveness);
});

it('a killed process is dead', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const other = { ...here, pid: child.pid ?? 0, started: '' };
  expect(livenessOf(other, here)).toBe('unknown');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(livenessOf(other, here)).toBe('dead');
});
