import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiClient } from '../../../toolkit/providers/kubernetes/api-client.ts';
import { openAccess } from '../../../toolkit/providers/kubernetes/cluster-access.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';

describe.skipIf(!kubernetes.available)(kubernetes.title('a pod of a real cluster'), () => {
  const cluster = clusterForSuite();
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'opsctl-pod-'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(root, { recursive: true });
  });

  /** An account that may look at configuration and at nothing else, mounted as the kubelet does. */
  async function mountAccount(): Promise<string> {
    const namespace = await cluster().newNamespace();
    const base = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    await cluster().call('POST', base, { metadata: { name: 'opsctl' } });
    const roles = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }];
    await cluster().call('POST', `${roles}/roles`, { metadata: { name: 'reader' }, rules });
    await cluster().call('POST', `${roles}/rolebindings`, {
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'ServiceAccount', name: 'opsctl', namespace }],
    });
    const { status, body } = await cluster().call('POST', `${base}/opsctl/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600 },
    });
    expect(status).toBe(201);
    const folder = join(root, 'var/run/secrets/kubernetes.io/serviceaccount');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'token'), body.status.token);
    await writeFile(join(folder, 'namespace'), namespace);
    await copyFile(cluster().certificateFile, join(folder, 'ca.crt'));
    return namespace;
  }

  it('is known by the account that is mounted into it, and may do what that may', async () => {
    const namespace = await mountAccount();
    const { hostname, port } = new URL(cluster().url);
    vi.stubEnv('HOME', root);
    vi.stubEnv('KUBECONFIG', undefined);
    vi.stubEnv('KUBERNETES_SERVICE_HOST', hostname);
    vi.stubEnv('KUBERNETES_SERVICE_PORT', port);
    const settings = { kubeconfig: null, context: null } as Parameters<typeof openAccess>[0];
    const access = await openAccess(settings, {} as Parameters<typeof openAccess>[1], root);
    const client = apiClient(access, { timeoutMs: 10_000, signal: new AbortController().signal });
    try {
      const path = (plural: string) => `/api/v1/namespaces/${namespace}/${plural}`;
      expect(await client.call({ method: 'GET', path: path('configmaps') })).toMatchObject({ status: 200 });
      expect(await client.call({ method: 'GET', path: path('secrets') })).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining(`"system:serviceaccount:${namespace}:opsctl" cannot list`) },
      });
    } finally {
      access.close();
    }
  });
});
