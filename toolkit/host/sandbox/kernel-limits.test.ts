import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withKernelLimits } from './kernel-limits.ts';

const limits = { timeoutMs: 1000, memoryMb: 64 };

it('no byte can be written to a file, whatever runs in the process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'opsctl-limits-'));
  const { stderr } = run(`require('fs').writeFileSync(${JSON.stringify(join(folder, 'a'))}, 'text')`);
  rmSync(folder, { recursive: true });
  expect(stderr).toContain('EFBIG');
});

it.runIf(process.platform === 'linux')('memory outside the heap is bounded', () => {
  expect(run('new Uint8Array(2e9)').stderr).toContain('Array buffer allocation failed');
});

it('what stays within the limits is not held up', () => {
  expect(run('process.stdout.write(String(new Uint8Array(1e7).length))')).toMatchObject({
    status: 0,
    stdout: '10000000',
  });
});

function run(code: string) {
  const [file, ...args] = withKernelLimits([process.execPath, '--eval', code], limits);
  return spawnSync(file, args, { encoding: 'utf8' });
}
