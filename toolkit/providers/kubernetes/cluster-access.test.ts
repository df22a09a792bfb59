import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openAccess } from './cluster-access.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'opsctl-home-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

it('a machine without any kubeconfig is told that there is none', async () => {
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', undefined);
  const settings = { kubeconfig: null, context: null } as Parameters<typeof openAccess>[0];
  const context = {} as Parameters<typeof openAccess>[1];
  await expect(openAccess(settings, context)).rejects.toMatchObject({
    diagnostic: {
      code: 'kubernetes/no-kubeconfig',
      detail: 'the kubeconfig of kubectl: there is none, neither where KUBECONFIG says nor in the home directory.',
    },
  });
});
