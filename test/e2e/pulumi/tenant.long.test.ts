import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../toolkit/host/run-program.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';

const pulumi = await findProgram('pulumi');
const plugin = await findProgram('pulumi-resource-kubernetes');
const isThere = pulumi !== null && plugin !== null && kubernetes.available;
const missing = [
  ...(pulumi === null ? ['no pulumi on PATH'] : []),
  ...(plugin === null ? ['no pulumi-resource-kubernetes on PATH'] : []),
];
const title = kubernetes.title('a tenant in a program of Pulumi, on a real API server');
const why = missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')})`;
const dns = "{ to: 'dns', reason: 'Names of services.' }";
const repository = join(import.meta.dirname, '..', '..', '..');

describe.skipIf(!isThere)(`${title}${why}`, { timeout: 240_000 }, () => {
  const cluster = clusterForSuite();
  const folder = mkdtempSync(join(tmpdir(), 'opsctl-tenant-'));
  const get = async (path: string) => await cluster().call('GET', path);

  async function bare(words: string) {
    const args = [...words.split(' '), '--stack', 'production', '--non-interactive', '--color=never'];
    const child = spawn(pulumi ?? '', args, {
      cwd: folder,
      env: {
        PATH: [
          dirname(process.execPath),
          dirname(pulumi ?? '/x/x'),
          dirname(plugin ?? '/x/x'),
          '/usr/bin',
          '/bin',
        ].join(delimiter),
        HOME: folder,
        KUBECONFIG: cluster().adminFile,
        PULUMI_BACKEND_URL: `file://${join(folder, '.backend')}`,
        PULUMI_CONFIG_PASSPHRASE: 'of the test',
        PULUMI_HOME: join(folder, '.pulumi-home'),
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        NODE_OPTIONS: '--conditions=opsctl-source',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
    const [status] = await once(child, 'close');
    return { status, text };
  }

  /** What the controllers of a cluster do, which a lone API server does not have: Pulumi waits for it. */
  async function control(): Promise<void> {
    if ((await get('/api/v1/namespaces/mes-prod')).status !== 200) return;
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
    await cluster().call('POST', '/api/v1/namespaces/mes-prod/serviceaccounts', account);
    const quota = await get('/api/v1/namespaces/mes-prod/resourcequotas/tenant');
    if (quota.status !== 200) return;
    const counted = { status: { hard: quota.body.spec.hard, used: {} } };
    await cluster().call('PATCH', '/api/v1/namespaces/mes-prod/resourcequotas/tenant/status', counted, {
      contentType: 'application/merge-patch+json',
    });
  }
  let controlling: NodeJS.Timeout | undefined;

  const declare = (...openings: readonly string[]) =>
    writeFileSync(
      join(folder, 'index.js'),
      `import kubernetes from '@pulumi/kubernetes';
import { Tenant } from 'opsctl/pulumi';

const cluster = new kubernetes.Provider('cluster', {});
const mes = new Tenant(
  'mes',
  {
    namespaces: ['mes-prod'],
    access: { edit: ['mes-developers'] },
    quota: { cpu: '8', memory: '16Gi' },
    openings: [${openings.join(', ')}],
  },
  { provider: cluster },
);
export const namespaces = mes.namespaces;
`,
    );

  beforeAll(async () => {
    mkdirSync(join(folder, '.backend'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(repository, join(folder, 'node_modules/opsctl'));
    symlinkSync(join(repository, 'node_modules/@pulumi'), join(folder, 'node_modules/@pulumi'));
    writeFileSync(join(folder, 'package.json'), '{ "name": "platform", "type": "module" }\n');
    writeFileSync(join(folder, 'Pulumi.yaml'), 'name: platform\nruntime: nodejs\nmain: index.js\n');
    declare(dns);
    expect((await bare('stack init')).status).toBe(0);
    controlling = setInterval(() => void control().catch(() => undefined), 200);
  });
  afterAll(() => {
    clearInterval(controlling);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is made with its walls, and then there is nothing to do', async () => {
    const made = await bare('up --yes --skip-preview');
    expect(made.text).toContain('namespaces: [\n        [0]: "mes-prod"');
    expect(made.status).toBe(0);
    const { body: space } = await get('/api/v1/namespaces/mes-prod');
    expect(space.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    const { body: quota } = await get('/api/v1/namespaces/mes-prod/resourcequotas/tenant');
    expect(quota.spec.hard).toMatchObject({ 'limits.cpu': '8', 'requests.storage': '0' });
    const { body: account } = await get('/api/v1/namespaces/mes-prod/serviceaccounts/default');
    expect(account.automountServiceAccountToken).toBe(false);
    const { body: policies } = await get('/apis/networking.k8s.io/v1/namespaces/mes-prod/networkpolicies');
    expect(policies.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name)).toEqual([
      'default-deny',
      'to-dns',
    ]);
    const { body: access } = await get('/apis/rbac.authorization.k8s.io/v1/namespaces/mes-prod/rolebindings');
    expect(access.items.map(({ subjects }: { subjects: object }) => subjects)).toEqual([
      [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'mes-developers' }],
    ]);
    expect((await bare('preview --expect-no-changes')).status).toBe(0);
  });

  it('a further opening is one more policy', async () => {
    declare(dns, "{ from: { namespace: 'ingress' }, ports: [8080], reason: 'The way in.' }");
    expect((await bare('up --yes --skip-preview')).text).toMatch(/\+ 1 created\n +11 unchanged/);
    const { body } = await get('/apis/networking.k8s.io/v1/namespaces/mes-prod/networkpolicies/from-namespace-ingress');
    expect(body.spec.ingress).toHaveLength(1);
  });
});
