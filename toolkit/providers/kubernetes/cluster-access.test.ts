import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

const settings = { kubeconfig: null, context: null } as Parameters<typeof openAccess>[0];
const context = {} as Parameters<typeof openAccess>[1];

/** What Kubernetes mounts into a pod, below the folder of the test. */
async function mountAccount(): Promise<void> {
  const folder = join(home, 'var/run/secrets/kubernetes.io/serviceaccount');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'token'), 'token-of-the-pod');
  await writeFile(join(folder, 'ca.crt'), 'certificate of the cluster');
  await writeFile(join(folder, 'namespace'), 'monitoring');
}

it('in a pod its service account is what there is', async () => {
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', undefined);
  vi.stubEnv('KUBERNETES_SERVICE_HOST', 'fd00::1');
  vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
  await mountAccount();
  const access = await openAccess(settings, context, home);
  expect(access.server).toBe('https://[fd00::1]:443');
  expect((await access.options()).headers).toEqual({ Authorization: 'Bearer token-of-the-pod' });
  access.close();
});

it('in a pod that has a kubeconfig, that is what is meant', async () => {
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', join(home, 'of-another-cluster'));
  await mountAccount();
  await expect(openAccess(settings, context, home)).rejects.toMatchObject({
    diagnostic: { code: 'kubernetes/no-kubeconfig', detail: expect.stringContaining('there is no such file') },
  });
});

it('a service account without the variables of a pod is told', async () => {
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', undefined);
  vi.stubEnv('KUBERNETES_SERVICE_HOST', undefined);
  vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
  await mountAccount();
  await expect(openAccess(settings, context, home)).rejects.toMatchObject({
    diagnostic: { detail: 'the service account: its token is there, and KUBERNETES_SERVICE_HOST not.' },
  });
});

it('a machine without any kubeconfig is told that there is none', async () => {
  vi.stubEnv('HOME', home);
  vi.stubEnv('KUBECONFIG', undefined);
  await expect(openAccess(settings, context, home)).rejects.toMatchObject({
    diagnostic: {
      code: 'kubernetes/no-kubeconfig',
      detail: 'the kubeconfig of kubectl: there is none, neither where KUBECONFIG says nor in the home directory.',
    },
  });
});
