import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../toolkit/host/run-program.ts';
import { makeClusterContent } from '../../support/cluster-content.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';

const pulumi = await findProgram('pulumi');
const plugin = await findProgram('pulumi-resource-kubernetes');
const isThere = pulumi !== null && plugin !== null && kubernetes.available;
const missing = [
  ...(pulumi === null ? ['no pulumi on PATH'] : []),
  ...(plugin === null ? ['no pulumi-resource-kubernetes on PATH'] : []),
];
const title = kubernetes.title("objects of a cluster through Pulumi's own provider");
const why = missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')})`;

describe.skipIf(!isThere)(`${title}${why}`, { timeout: 300_000 }, () => {
  const cluster = clusterForSuite();
  const { folder, opsctl, declare, bind, remove } = makeClusterContent();
  const env = {
    PATH: ['/usr/bin', '/bin', dirname(pulumi ?? '/x/x'), dirname(plugin ?? '/x/x')].join(delimiter),
    PULUMI_BACKEND_URL: `file://${join(folder, '.backend')}`,
    PULUMI_CONFIG_PASSPHRASE: 'of the test',
    PULUMI_HOME: join(folder, '.pulumi-home'),
    GATE_TOKEN: 'not-for-anybody',
  };
  const run = (words: string) => opsctl(words, env);
  let namespace = '';

  const gate = (text: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'gate', namespace },
    data: { text },
  });
  const token = () => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'token', namespace },
    stringData: { token: { $secret: 'env:GATE_TOKEN' } },
  });
  const live = async (kind: string, name: string) =>
    await cluster().call('GET', `/api/v1/namespaces/${namespace}/${kind}/${name}`);

  beforeAll(async () => {
    mkdirSync(join(folder, '.backend'));
    namespace = await cluster().newNamespace();
    bind({ kubeconfig: cluster().adminFile });
    declare([gate('one'), token()]);
  });
  afterAll(remove);

  it('what is declared is made, and then there is nothing to do', async () => {
    const applied = run('apply --engine pulumi --yes --health-timeout 0s');
    expect(applied.stderr).not.toContain('error');
    expect(applied.status).toBe(0);
    const { body } = await live('configmaps', 'gate');
    expect([body.data, body.metadata.labels]).toEqual([
      { text: 'one' },
      { 'opsctl/stack': 'plant', 'opsctl/organisation': 'test' },
    ]);
    expect(Buffer.from((await live('secrets', 'token')).body.data.token, 'base64').toString()).toBe('not-for-anybody');
    expect(run('plan --engine pulumi --detailed-exitcode').status).toBe(0);
  });

  it('no secret is in what Pulumi keeps in the open', async () => {
    const { readdirSync, readFileSync, statSync } = await import('node:fs');
    const files = readdirSync(join(folder, '.backend'), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, '.backend', file),
    );
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'utf8'));
    const encoded = Buffer.from('not-for-anybody').toString('base64');
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => text.includes('not-for-anybody') || text.includes(encoded))).toEqual([]);
  });

  it('a change is carried out, and what is not declared any more is removed', async () => {
    declare([gate('two')]);
    expect(run('apply --engine pulumi --yes --health-timeout 0s --allow-deletes 1 --approved-by lead').status).toBe(0);
    expect((await live('configmaps', 'gate')).body.data).toEqual({ text: 'two' });
    expect((await live('secrets', 'token')).status).toBe(404);
    expect(run('plan --engine pulumi --detailed-exitcode').status).toBe(0);
  });

  it('drift is seen, and fields that somebody took are taken back by adopting the object', async () => {
    const patch = { data: { text: 'by hand' } };
    await cluster().call('PATCH', `/api/v1/namespaces/${namespace}/configmaps/gate`, patch, {
      contentType: 'application/merge-patch+json',
    });
    expect(run('drift --engine pulumi --detailed-exitcode').status).toBe(2);
    expect(run('adopt plant/kubernetes-object/* --engine pulumi --yes --health-timeout 0s').status).toBe(0);
    expect((await live('configmaps', 'gate')).body.data).toEqual({ text: 'two' });
  });

  it('the stack is moved to the embedded engine without a look at its objects; the way back is named, and leads there', async () => {
    const before = (await live('configmaps', 'gate')).body.metadata;
    expect(run('state migrate --from pulumi --to embedded').status).toBe(0);
    expect(run('plan --detailed-exitcode').status).toBe(0);
    const refused = run('state migrate --from embedded --to pulumi');
    expect(refused.status).toBe(4);
    const drop = /`opsctl (state rm \S+ --yes)`/.exec(refused.stderr.replaceAll(/\s+/g, ' '))?.[1] ?? '';
    expect([run(drop).status, (await live('configmaps', 'gate')).body.metadata]).toEqual([0, before]);
    expect(run('adopt plant/kubernetes-object/* --engine pulumi --yes --health-timeout 0s').status).toBe(0);
    expect((await live('configmaps', 'gate')).body.metadata.uid).toBe(before.uid);
    expect(run('plan --engine pulumi --detailed-exitcode').status).toBe(0);
  });

  it('everything is removed again', async () => {
    expect(run('destroy --engine pulumi --yes --allow-deletes 5 --approved-by lead').status).toBe(0);
    expect((await live('configmaps', 'gate')).status).toBe(404);
  });
});
