import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClusterContent, codesOf, makeClusterContent } from '../../support/cluster-content.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';

const apply = 'apply --yes --health-timeout 0';
const mergePatch = { contentType: 'application/merge-patch+json' };

describe.skipIf(!kubernetes.available)(kubernetes.title('objects of a real API server'), { timeout: 300_000 }, () => {
  const cluster = clusterForSuite();
  let content: ClusterContent;
  let namespace: string;
  beforeEach(async () => {
    content = makeClusterContent();
    namespace = await cluster().newNamespace();
    content.bind({ kubeconfig: cluster().adminFile, deletionTimeoutMs: 1500, timeoutMs: 8000 });
  });
  afterEach(() => content.remove());

  const configMap = (name: string, data: Readonly<Record<string, string>>) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data,
  });
  const deployment = (spec: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'gate', namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'gate' } },
      template: {
        metadata: { labels: { app: 'gate' } },
        spec: { containers: [{ name: 'gate', image: 'gate:1', resources: { requests: { cpu: '0.5' } } }] },
      },
      ...spec,
    },
  });
  const pathOf = (plural: string, name: string) =>
    `${plural === 'deployments' ? '/apis/apps/v1' : '/api/v1'}/namespaces/${namespace}/${plural}/${name}`;
  const live = async (plural: string, name: string) => cluster().call('GET', pathOf(plural, name));

  it('are made, found unchanged, changed and pruned, and nobody else is touched', async () => {
    await cluster().call('POST', `/api/v1/namespaces/${namespace}/configmaps`, configMap('of-others', { a: 'b' }));
    content.declare([configMap('one', { a: '1', b: '2' }), configMap('two', {}), deployment()]);
    expect(content.opsctl(apply)).toMatchObject({ status: 0 });
    expect((await live('configmaps', 'one')).body).toMatchObject({
      metadata: { labels: { 'opsctl/stack': 'plant', 'opsctl/organisation': 'test' } },
      data: { a: '1', b: '2' },
    });
    // The server has filled in a screen of defaults and spelled half a processor as 500m.
    expect(content.opsctl('plan --detailed-exitcode')).toMatchObject({ status: 0 });

    content.declare([configMap('one', { a: '3' }), deployment()]);
    expect(content.opsctl('plan').stdout).toMatch(/- delete plant\/kubernetes-object\/configmap\.test-\d+\.two/);
    expect(content.opsctl(`${apply} --allow-deletes 10`)).toMatchObject({ status: 0 });
    expect((await live('configmaps', 'one')).body.data).toEqual({ a: '3' });
    expect((await live('configmaps', 'two')).status).toBe(404);
    expect((await live('configmaps', 'of-others')).body.data).toEqual({ a: 'b' });
    expect(content.opsctl('drift --detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('that somebody else changed are drift, are not written over, and are taken over when that is asked for', async () => {
    content.declare([deployment()]);
    expect(content.opsctl(apply).status).toBe(0);
    await cluster().call(
      'PATCH',
      `${pathOf('deployments', 'gate')}?fieldManager=kubectl-edit`,
      { metadata: { annotations: { note: 'of others' } }, spec: { replicas: 7 } },
      mergePatch,
    );

    const drift = content.opsctl('drift --detailed-exitcode');
    expect(drift.status).toBe(2);
    expect(drift.stdout).toContain('~ spec.replicas: 2 -> 7');
    expect(drift.stdout).not.toContain('note');
    const refused = content.opsctl(apply);
    expect(refused.status).toBe(1);
    expect(codesOf(refused)).toEqual(expect.arrayContaining(['plan/field-held', 'kubernetes/field-conflict']));
    expect(refused.stderr + refused.stdout).toContain('spec.replicas is held by kubectl-edit');
    expect((await live('deployments', 'gate')).body.spec.replicas).toBe(7);

    const address = `plant/kubernetes-object/deployment.${namespace}.gate`;
    expect(content.opsctl(`adopt ${address} --yes --health-timeout 0`)).toMatchObject({ status: 0 });
    expect((await live('deployments', 'gate')).body).toMatchObject({
      metadata: { annotations: { note: 'of others' } },
      spec: { replicas: 2 },
    });
    expect(content.opsctl('drift --detailed-exitcode').status).toBe(0);
  });

  it('that are there already are in the way until they are adopted', async () => {
    await cluster().call('POST', `/api/v1/namespaces/${namespace}/configmaps`, configMap('one', { a: 'theirs' }));
    content.declare([configMap('one', { a: 'ours' })]);
    const refused = content.opsctl(apply);
    expect({ status: refused.status, codes: codesOf(refused) }).toEqual({
      status: 3,
      codes: expect.arrayContaining(['plan/object-in-the-way']),
    });
    expect((await live('configmaps', 'one')).body.data).toEqual({ a: 'theirs' });

    expect(content.opsctl(`adopt plant/kubernetes-object/* --yes --health-timeout 0`)).toMatchObject({ status: 0 });
    expect((await live('configmaps', 'one')).body).toMatchObject({
      metadata: { labels: { 'opsctl/stack': 'plant', 'opsctl/organisation': 'test' } },
      data: { a: 'ours' },
    });
    content.declare([configMap('two', {})]);
    expect(content.opsctl(`${apply} --allow-deletes 10`).status).toBe(0);
    expect((await live('configmaps', 'one')).status).toBe(404);
  });

  it('of another stack are left to it, even when they are to be adopted', async () => {
    content.declare([configMap('one', { a: '1' })]);
    expect(content.opsctl(apply).status).toBe(0);
    const other = makeClusterContent('other');
    try {
      other.bind({ kubeconfig: cluster().adminFile });
      other.declare([configMap('one', { a: '2' })]);
      for (const command of [apply, 'adopt other/kubernetes-object/* --yes']) {
        const refused = other.opsctl(command);
        expect(refused.status).toBe(3);
        expect(refused.stdout + refused.stderr).toContain('it belongs to the stack plant');
      }
    } finally {
      other.remove();
    }
    expect((await live('configmaps', 'one')).body.data).toEqual({ a: '1' });
  });

  it('of a stack of the same name in another repository are left to that one, and not taken for unmanaged ones', async () => {
    content.declare([configMap('one', { a: '1' })]);
    expect(content.opsctl(apply).status).toBe(0);
    const other = makeClusterContent('plant', 'acme');
    try {
      other.bind({ kubeconfig: cluster().adminFile });
      other.declare([configMap('one', { a: '2' })]);
      const refused = other.opsctl('adopt plant/kubernetes-object/* --yes');
      expect(refused.status).toBe(3);
      expect(refused.stdout + refused.stderr).toContain('it belongs to the stack plant of the organisation test');
      other.declare([configMap('two', { a: '2' })]);
      expect(other.opsctl(apply)).toMatchObject({ status: 0, stdout: expect.not.stringContaining('Not managed') });
      expect(content.opsctl('plan --detailed-exitcode')).toMatchObject({ status: 0 });
      // What was put there before objects told their organisation is taken for the stack's of that name.
      const path = `/api/v1/namespaces/${namespace}/configmaps/one`;
      const untold = { metadata: { labels: { 'opsctl/organisation': null, 'opsctl/stack': null } } };
      await cluster().call('PATCH', path, untold, { contentType: 'application/merge-patch+json' });
      other.declare([configMap('one', { a: '1' }), configMap('two', { a: '2' })]);
      expect(other.opsctl('adopt plant/kubernetes-object/* --yes --health-timeout 0')).toMatchObject({ status: 0 });
    } finally {
      other.remove();
    }
    expect((await live('configmaps', 'one')).body.metadata.labels['opsctl/organisation']).toBe('acme');
    const lost = content.opsctl('plan');
    expect({ status: lost.status, codes: codesOf(lost) }).toEqual({ status: 3, codes: ['plan/unreadable'] });
  });

  it('that get another name are made anew under it, and are gone under the former one', async () => {
    content.declare([configMap('one', { a: '1' })]);
    expect(content.opsctl(apply).status).toBe(0);
    const { uid } = (await live('configmaps', 'one')).body.metadata;
    // The address follows the name, so this is another object: the former one goes when the new one comes.
    const name = `kubernetes-object/configmap.${namespace}`;
    content.declare([configMap('renamed', { a: '1' })], `.renamed('${name}.one', '${name}.renamed')`);
    const plan = content.opsctl('plan');
    expect(plan.stdout).toContain('replace plant/kubernetes-object');
    expect(content.opsctl(apply)).toMatchObject({ status: 0 });
    expect((await live('configmaps', 'one')).status).toBe(404);
    expect((await live('configmaps', 'renamed')).body.metadata.uid).not.toBe(uid);
    expect(content.opsctl('plan --detailed-exitcode').status).toBe(0);
  });

  it('whose fields cannot be changed are replaced, and the plan says by which', async () => {
    content.declare([deployment()]);
    expect(content.opsctl(apply).status).toBe(0);
    const { uid } = (await live('deployments', 'gate')).body.metadata;
    const changed = { matchLabels: { app: 'gate', line: 'a' } };
    content.declare([
      deployment({
        selector: changed,
        template: {
          metadata: { labels: changed.matchLabels },
          spec: { containers: [{ name: 'gate', image: 'gate:1' }] },
        },
      }),
    ]);
    const plan = content.opsctl('plan');
    expect(plan.stdout).toMatch(/replace plant\/kubernetes-object\/deployment/);
    expect(plan.stdout).toContain('spec.selector');
    expect(content.opsctl(`${apply} --allow-deletes 10`)).toMatchObject({ status: 0 });
    expect((await live('deployments', 'gate')).body.metadata.uid).not.toBe(uid);
  });

  it('that a finalizer holds are told with its name, and are gone once it lets go', async () => {
    content.declare([
      { ...configMap('one', {}), metadata: { name: 'one', namespace, finalizers: ['plant.example/hold'] } },
      configMap('two', {}),
    ]);
    expect(content.opsctl(apply).status).toBe(0);
    content.declare([configMap('two', {})]);
    const hanging = content.opsctl(`${apply} --allow-deletes 10`);
    expect({ status: hanging.status, codes: codesOf(hanging) }).toEqual({
      status: 1,
      codes: expect.arrayContaining(['kubernetes/deletion-hangs']),
    });
    expect(hanging.stdout + hanging.stderr).toContain('held by the finalizer plant.example/hold');

    content.declare([configMap('one', {}), configMap('two', {})]);
    const leaving = content.opsctl('plan');
    expect(codesOf(leaving)).toContain('plan/leaving');
    content.declare([configMap('two', {})]);
    await cluster().call('PATCH', pathOf('configmaps', 'one'), { metadata: { finalizers: null } }, mergePatch);
    expect(content.opsctl(`${apply} --allow-deletes 10`).status).toBe(0);
    expect((await live('configmaps', 'one')).status).toBe(404);
    expect(content.opsctl('plan --detailed-exitcode').status).toBe(0);
  });

  it('that nobody makes ready are told with what is missing', () => {
    content.declare([deployment(), configMap('one', {})]);
    const applied = content.opsctl('apply --yes --health-timeout 1s');
    expect(applied.status).toBe(1);
    expect(applied.stdout + applied.stderr).toContain('No controller has looked at it yet.');
    expect(applied.stdout).toContain('2 of 2 changes done');
  });

  it('that hold secrets show them nowhere', async () => {
    const token = 'correct-horse-battery';
    const manifest = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key', namespace },
      stringData: { token: { $secret: 'env:TOKEN' }, user: 'gate' },
    };
    content.declare([manifest]);
    const first = content.opsctl(`${apply} --verbose`, { TOKEN: token });
    expect(first).toMatchObject({ status: 0 });
    const data = (await live('secrets', 'key')).body.data;
    expect(data).toEqual({ token: Buffer.from(token).toString('base64'), user: 'Z2F0ZQ==' });
    expect(content.opsctl('plan --detailed-exitcode', { TOKEN: token }).status).toBe(0);
    const rotated = content.opsctl('plan --detailed-exitcode --json', { TOKEN: 'another-one' });
    expect(rotated.status).toBe(2);
    await cluster().call(
      'PATCH',
      `${pathOf('secrets', 'key')}?fieldManager=by-hand`,
      { stringData: { token: 'by-hand-value' } },
      mergePatch,
    );
    const drifted = content.opsctl('drift --detailed-exitcode --json', { TOKEN: token });
    expect(drifted.status).toBe(2);
    for (const { stdout, stderr } of [first, rotated, drifted]) {
      for (const secret of [token, 'by-hand-value', 'another-one']) {
        expect(stdout + stderr).not.toContain(secret);
        expect(stdout + stderr).not.toContain(Buffer.from(secret).toString('base64'));
      }
    }
  });
});
