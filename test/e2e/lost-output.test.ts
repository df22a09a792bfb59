import { spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launcher, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();

beforeAll(() => {
  expect(opsctl('dev generate . --resources 20 --seed 5').status).toBe(0);
});
afterAll(remove);

it.skipIf(!existsSync('/dev/full'))('an apply whose output has no room ends its work, says so, and ends with 1', () => {
  const { status, stderr } = spawnSync(launcher, ['apply', '--yes'], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder },
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    encoding: 'utf8',
  });
  expect(stderr).toContain('[opsctl/output-lost]');
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(1);
  expect(opsctl('plan --detailed-exitcode').status).toBe(0);
});
