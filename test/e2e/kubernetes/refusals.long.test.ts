import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseYaml } from '../../../toolkit/languages/yaml/index.ts';
import { type ClusterContent, codesOf, makeClusterContent } from '../../support/cluster-content.ts';
import { definitions } from '../../support/custom-resources.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';
import { freePort } from '../../support/processes.ts';

const apply = 'apply --yes --health-timeout 0';
const definitionsFolder = join(import.meta.dirname, '../../../../shared/data/crds');

describe.skipIf(!kubernetes.available)(kubernetes.title('what a real API server refuses'), { timeout: 300_000 }, () => {
  const cluster = clusterForSuite();
  let content: ClusterContent;
  let namespace: string;
  beforeEach(async () => {
    content = makeClusterContent();
    namespace = await cluster().newNamespace();
    content.bind({ kubeconfig: cluster().adminFile, timeoutMs: 3000 });
  });
  afterEach(() => content.remove());

  const configMap = (name: string, fields: object = { data: { a: 'b' } }, where = namespace) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: where },
    ...fields,
  });

  /** Runs a command that must not succeed, and gives all it says. */
  function refused(words: string, env: Readonly<Record<string, string>> = {}) {
    const ended = content.opsctl(words, env);
    expect(ended.status).not.toBe(0);
    // A path of the program itself would be a bug that was not caught.
    expect(ended.stderr).not.toContain('Bug');
    return { status: ended.status, codes: codesOf(ended), said: ended.stdout + ended.stderr };
  }

  it('a field that the kind has not is told with its path, at the line that declares it', () => {
    const misspelt = { spec: { replicaz: 1, selector: { matchLabels: {} }, template: {} } };
    content.declare([configMap('fine'), { ...configMap('gate', misspelt), apiVersion: 'apps/v1', kind: 'Deployment' }]);
    const { status, codes, said } = refused(apply);
    expect({ status, codes }).toMatchObject({ status: 7, codes: expect.arrayContaining(['kubernetes/invalid']) });
    expect(said).toMatch(/at stacks\/plant\.ts:4:3[\s\S]*replicaz/);
  });

  it('a value that is not allowed is told with its path, and what is independent of it is done', async () => {
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'a' }] } };
    const spec = { replicas: -1, selector: { matchLabels: { a: 'b' } }, template };
    content.declare([configMap('fine'), { ...configMap('gate', { spec }), apiVersion: 'apps/v1', kind: 'Deployment' }]);
    const { status, said } = refused(apply);
    expect(status).toBe(7);
    expect(said).toContain('spec.replicas: Invalid value: -1');
    expect((await cluster().call('GET', `/api/v1/namespaces/${namespace}/configmaps/fine`)).status).toBe(200);
  });

  it('an admission policy is told with its own words', async () => {
    const base = '/apis/admissionregistration.k8s.io/v1';
    const policy = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: `no-secrets-${namespace}` },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] },
          ],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        },
        validations: [{ expression: "!('password' in object.data)", message: 'Passwords belong into Secrets.' }],
      },
    };
    const binding = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `no-secrets-${namespace}` },
      spec: { policyName: `no-secrets-${namespace}`, validationActions: ['Deny'] },
    };
    await cluster().call('POST', `${base}/validatingadmissionpolicies`, policy);
    await cluster().call('POST', `${base}/validatingadmissionpolicybindings`, binding);
    const trial = configMap('trial', { data: { password: 'x' } });
    // The server takes a moment to hold objects to a new policy.
    await expect
      .poll(
        async () =>
          (await cluster().call('POST', `/api/v1/namespaces/${namespace}/configmaps?dryRun=All`, trial)).status,
        { timeout: 120_000, interval: 200 },
      )
      .toBe(422);
    content.declare([configMap('one', { data: { password: 'x' } })]);
    const { codes, said } = refused(apply);
    expect(codes).toContain('kubernetes/denied');
    expect(said).toContain('Passwords belong into Secrets');
  });

  it('a verb that the user has not is told with user, verb and resource', async () => {
    const rules = [{ apiGroups: [''], resources: ['configmaps', 'namespaces'], verbs: ['get', 'list'] }];
    await cluster().call('POST', '/apis/rbac.authorization.k8s.io/v1/clusterroles', {
      metadata: { name: 'reader' },
      rules,
    });
    await cluster().call('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'operator' }],
    });
    content.bind({ kubeconfig: await cluster().kubeconfigFile('operator') });
    content.declare([configMap('one')]);
    expect(content.opsctl('plan').status).toBe(0);
    const { codes, said } = refused(apply);
    expect(codes).toContain('kubernetes/forbidden');
    expect(said).toMatch(/User "operator" cannot patch resource "configmaps" in API group ""/);

    content.bind({ kubeconfig: await cluster().kubeconfigFile('nobody') });
    expect(refused('plan').said).toMatch(/User "nobody" cannot get resource "configmaps"/);
  });

  it('a kind that nobody has installed is told with what brings it', () => {
    content.declare([
      { apiVersion: 'velero.io/v1', kind: 'Schedule', metadata: { name: 'nightly', namespace }, spec: {} },
    ]);
    const { codes, said } = refused('plan');
    expect(codes).toEqual(['kubernetes/no-kind']);
    expect(said).toContain('Install Velero');
    expect(said).toContain('at stacks/plant.ts:3:3');
  });

  it('a namespace that is missing or ending is told', async () => {
    content.declare([configMap('one', {}, 'nowhere')]);
    expect(refused('plan')).toMatchObject({ codes: ['kubernetes/no-namespace'] });
    await cluster().call('DELETE', `/api/v1/namespaces/${namespace}`);
    content.declare([configMap('one')]);
    const { codes, said } = refused('plan');
    expect(codes).toEqual(['kubernetes/namespace-ending']);
    expect(said).toContain(`nothing new is taken in ${namespace}`);
  });

  it.skipIf(!definitions.available)(
    definitions.title('a definition and objects of its kind go in one apply, and out again in the other order'),
    () => {
      const { value } = parseYaml(readFileSync(join(definitionsFolder, 'velero-schedules.yaml'), 'utf8'), 'definition');
      const { status: _, ...definition } = value as { status?: object; metadata: { name: string } };
      const schedule = {
        apiVersion: 'velero.io/v1',
        kind: 'Schedule',
        metadata: { name: 'nightly', namespace },
        spec: { schedule: '0 2 * * *', template: { ttl: '720h0m0s' } },
      };
      content.declare([schedule, { ...definition, metadata: { name: definition.metadata.name } }]);
      expect(content.opsctl('apply --yes --health-timeout 10s')).toMatchObject({ status: 0 });
      expect(content.opsctl('plan --detailed-exitcode')).toMatchObject({ status: 0 });
      expect(content.opsctl('destroy --yes --allow-deletes 10')).toMatchObject({ status: 0 });
      content.declare([schedule]);
      expect(refused('plan').codes).toEqual(['kubernetes/no-kind']);
    },
  );

  it('nothing of a user whose login helper gives a token, and a helper that fails is told', () => {
    const helper = (script: string) => {
      const config = JSON.parse(cluster().kubeconfig('admin'));
      const exec = {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: '/bin/sh',
        args: ['-c', script],
        interactiveMode: 'Never',
      };
      config.users[0].user = { exec };
      writeFileSync(join(content.folder, 'kubeconfig'), JSON.stringify(config));
    };
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'admin-token' },
    };
    content.bind({ kubeconfig: 'kubeconfig' });
    content.declare([configMap('one')]);
    helper(`echo '${JSON.stringify(credential)}'`);
    expect(content.opsctl(apply)).toMatchObject({ status: 0 });
    helper('echo the session is over >&2; exit 3');
    expect(refused('plan').codes).toEqual(['kubernetes/login-failed']);
  });

  it('a kubeconfig that is missing, broken, expired or of another cluster is told, and nothing is done', async () => {
    content.declare([configMap('one')]);
    expect(content.opsctl(apply).status).toBe(0);
    content.declare([configMap('one', { data: { a: 'c' } })]);
    const file = join(content.folder, 'kubeconfig');

    content.bind({ kubeconfig: 'kubeconfig' });
    expect(refused('plan')).toMatchObject({
      codes: ['kubernetes/no-kubeconfig'],
      said: expect.stringContaining('there is no such file'),
    });
    writeFileSync(file, '{ "clusters": [');
    expect(refused('plan').codes).toEqual(['kubernetes/no-kubeconfig']);
    writeFileSync(file, cluster().kubeconfig('admin'));
    content.bind({ kubeconfig: 'kubeconfig', context: 'elsewhere' });
    expect(refused('plan').said).toContain('it has no context elsewhere, but test');
    content.bind({ kubeconfig: 'kubeconfig', timeoutMs: 500 });
    writeFileSync(file, cluster().kubeconfig('admin').replace('admin-token', 'expired-token'));
    expect(refused('plan')).toMatchObject({ codes: ['kubernetes/credentials-refused'] });
    writeFileSync(
      file,
      cluster()
        .kubeconfig('admin')
        .replaceAll(cluster().url, `https://127.0.0.1:${await freePort()}`),
    );
    expect(refused('plan')).toMatchObject({
      codes: ['kubernetes/unreachable'],
      said: expect.stringContaining('the connection is refused'),
    });
    expect((await cluster().call('GET', `/api/v1/namespaces/${namespace}/configmaps/one`)).body.data).toEqual({
      a: 'b',
    });
  });
});
