import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterContent, codesOf, makeClusterContent } from '../../support/cluster-content.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';
import { type Ended, eventsOf } from '../../support/opsctl.ts';

const statements = `
  .isolate('mes', {
    namespaces: ['mes-prod', 'mes-test'],
    access: { admin: ['mes-leads'], edit: ['mes-developers'], view: ['mes-users'] },
    quota: { cpu: '8', memory: '16Gi', storage: '100Gi' },
    openings: [
      { to: 'dns', reason: 'Names of services are looked up.' },
      { from: { tenant: 'erp' }, ports: [5432], reason: 'Orders are read from the MES database.' },
    ],
  })
  .isolate('erp', {
    namespaces: ['erp-prod'],
    access: { edit: ['erp-developers'] },
    quota: { cpu: '4', memory: '8Gi' },
    limits: { max: { cpu: '2' } },
    openings: [{ to: { tenant: 'mes' }, ports: [5432], reason: 'Orders are read from the MES database.' }],
  })`;
const namespaces = ['mes-prod', 'mes-test', 'erp-prod'];
const mergePatch = { contentType: 'application/merge-patch+json' };
const rbac = 'rbac.authorization.k8s.io';

describe.skipIf(!kubernetes.available)(kubernetes.title('tenants in a real cluster'), () => {
  const cluster = clusterForSuite();
  let content: ClusterContent;
  beforeAll(async () => {
    content = makeClusterContent();
    content.bind({ kubeconfig: cluster().adminFile, timeoutMs: 8000 });
    content.declare([], statements);
    const applied = content.opsctl('apply --yes');
    expect({ status: applied.status, stderr: applied.stderr }).toEqual({ status: 0, stderr: expect.any(String) });
    for (const namespace of namespaces) await takeUpQuota(namespace);
  });
  afterAll(() => content.remove());

  const call = (method: string, path: string, body?: object) => cluster().call(method, path, body, mergePatch);
  const quotaPath = (namespace: string) => `/api/v1/namespaces/${namespace}/resourcequotas/tenant`;

  /** What the controllers of a whole cluster do with a quota, which this one has not. */
  async function takeUpQuota(namespace: string): Promise<void> {
    const { hard } = (await call('GET', quotaPath(namespace))).body.spec;
    const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
    const { status } = await call('PATCH', `${quotaPath(namespace)}/status`, { status: { hard, used } });
    expect(status).toBe(200);
  }

  const verify = (options = ''): Ended => content.opsctl(`tenancy verify --json ${options}`);
  /** Fields of the matrix that are not `held`. */
  const openCells = (ended: Ended) =>
    eventsOf(ended)
      .filter(({ event, verdict }) => event === 'tenancy-cell' && verdict !== 'held')
      .map(({ tenant, other, aspect, verdict }) => `${tenant} -> ${other} ${aspect}: ${verdict}`);
  const brokenEvidence = (ended: Ended) =>
    eventsOf(ended)
      .filter(({ event, verdict }) => event === 'tenancy-evidence' && verdict !== 'held' && verdict !== 'declared')
      .map(({ asked, answered }) => `${asked}: ${answered}`);
  const asApplied = ['erp -> mes network: declared'];

  async function everything(): Promise<unknown> {
    const paths = ['configmaps', 'secrets', 'pods', 'resourcequotas', 'limitranges', 'serviceaccounts'].map(
      (plural) => `/api/v1/${plural}`,
    );
    const others = [
      `/apis/${rbac}/v1/rolebindings`,
      '/apis/networking.k8s.io/v1/networkpolicies',
      '/api/v1/namespaces',
    ];
    const lists = await Promise.all([...paths, ...others].map((path) => call('GET', path)));
    const items = lists.flatMap(
      ({ body }) => body.items as readonly { readonly metadata: Readonly<Record<string, string>> }[],
    );
    return items.map(({ metadata }) => [metadata.uid, metadata.resourceVersion]);
  }

  it('are kept apart as they are applied, and nothing is changed by looking', async () => {
    const before = await everything();
    const ended = verify();
    expect(brokenEvidence(ended)).toEqual([]);
    expect({ status: ended.status, open: openCells(ended) }).toEqual({ status: 0, open: asApplied });
    expect(eventsOf(ended).filter(({ event }) => event === 'tenancy-cell')).toHaveLength(8);
    expect(await everything()).toEqual(before);
    expect(content.opsctl('plan --detailed-exitcode').status).toBe(0);

    const said = (part: RegExp) =>
      eventsOf(ended).filter(({ asked, answered }) => part.test(`${asked}: ${answered}`)).length;
    expect(said(/erp-developers lists secrets in mes-prod: 403: .*cannot list resource "secrets"/)).toBe(1);
    expect(said(/mes-developers starts a pod beyond the quota of mes-prod: 403: .*exceeded quota: tenant/)).toBe(0);
    expect(said(/mes-leads starts a pod beyond the quota of mes-prod: 403: .*exceeded quota: tenant/)).toBe(1);
    expect(said(/erp-developers starts a pod beyond the quota of erp-prod: 403: .*exceeded quota: tenant/)).toBe(1);
    expect(
      said(/starts a pod without sizes in erp-prod: it is given cpu 500m, ephemeral-storage 1Gi, memory 512Mi/),
    ).toBe(1);
    expect(
      said(/starts a pod with the node’s files in erp-prod: 403: .*violates PodSecurity "restricted:latest"/),
    ).toBe(1);
    expect(said(/the account default of erp-prod gets a secret in mes-test: 403: /)).toBe(1);
  });

  it('are shown as a matrix to people, and with all evidence to an auditor', () => {
    const shown = content.opsctl('tenancy verify');
    expect(shown.status).toBe(0);
    expect(shown.stdout).toMatch(/plant: 2 tenants, \d+ questions: \d+ held, 2 declared/);
    expect(shown.stdout).toMatch(/erp -> mes +no +no +no +declared/);
    expect(shown.stdout).toMatch(/mes -> erp +no +no +no +no\n/);
    expect(shown.stdout).toContain('cannot be seen from its API');
    const report = content.opsctl('tenancy verify --format md --tenant erp').stdout;
    expect(report).toContain('| Who can whom | read | write | exhaust | network |');
    expect(report).toMatch(/- \*\*declared\*\* network, erp -> mes: .*Orders are read from the MES database\./);
  });

  const secretReader = {
    apiVersion: `${rbac}/v1`,
    kind: 'Role',
    metadata: { name: 'secret-reader' },
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }],
  };
  const bindingFor = (kind: 'Role' | 'ClusterRole', subjects: readonly object[]) => ({
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'by-hand' },
    roleRef: { apiGroup: rbac, kind, name: kind === 'Role' ? 'secret-reader' : 'edit' },
    subjects,
  });
  const inMes = `/apis/${rbac}/v1/namespaces/mes-prod`;
  const undo = async (path: string) => expect((await call('DELETE', path)).status).toBe(200);
  const make = async (path: string, body: object) =>
    expect((await cluster().call('POST', path, body)).status).toBe(201);

  it('of whom one can read the secrets of the other are named', async () => {
    await make(`${inMes}/roles`, secretReader);
    await make(
      `${inMes}/rolebindings`,
      bindingFor('Role', [{ apiGroup: rbac, kind: 'Group', name: 'erp-developers' }]),
    );
    const ended = verify();
    expect({ status: ended.status, open: openCells(ended) }).toEqual({
      status: 3,
      open: ['erp -> mes read: broken', ...asApplied],
    });
    const seen = brokenEvidence(ended);
    expect(seen).toContain('all rights of erp-developers in mes-prod: get secrets, list secrets');
    expect(seen).toContain('erp-developers lists secrets in mes-prod: 200');
    expect(seen.find((one) => one.startsWith('may erp-developers get secrets in mes-prod: yes'))).toBeDefined();
    expect(codesOf(content.opsctl('tenancy verify'))).toEqual(['tenancy-verify/reads']);
    await undo(`${inMes}/rolebindings/by-hand`);
    await undo(`${inMes}/roles/secret-reader`);
  });

  it('of whom one may do everything are named, and even their requests change nothing', async () => {
    const all = {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'by-hand' },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: rbac, kind: 'Group', name: 'erp-developers' }],
    };
    await make(`/apis/${rbac}/v1/clusterrolebindings`, all);
    const before = await everything();
    const ended = verify();
    expect(await everything()).toEqual(before);
    expect({ status: ended.status, open: openCells(ended) }).toEqual({
      status: 3,
      open: ['read', 'write', 'exhaust', 'network'].map((aspect) => `erp -> mes ${aspect}: broken`),
    });
    const seen = brokenEvidence(ended);
    expect(seen).toEqual(
      expect.arrayContaining([
        'erp-developers starts a pod in mes-prod: 201',
        'erp-developers deletes the limits in its own erp-prod: 200',
      ]),
    );
    expect(seen.filter((one) => /^may erp-developers .* in the whole cluster: yes/.test(one))).toHaveLength(12);
    await undo(`/apis/${rbac}/v1/clusterrolebindings/by-hand`);
  });

  it('of whom an account was let in are named, and so is a person of nobody', async () => {
    await make(
      `${inMes}/rolebindings`,
      bindingFor('ClusterRole', [{ kind: 'ServiceAccount', name: 'default', namespace: 'erp-prod' }]),
    );
    await make(`/apis/${rbac}/v1/namespaces/mes-test/rolebindings`, {
      ...bindingFor('ClusterRole', [{ apiGroup: rbac, kind: 'User', name: 'bob' }]),
    });
    const ended = verify();
    expect({ status: ended.status, open: openCells(ended) }).toEqual({
      status: 3,
      // Nobody made the role `edit` that the account was given, so only the binding is seen.
      open: ['erp -> mes read: broken', ...asApplied],
    });
    expect(brokenEvidence(ended)).toEqual([
      'the role bindings of mes-prod: by-hand lets in ServiceAccount default, and is declared by nobody',
      'the role bindings of mes-test: by-hand lets in User bob, and is declared by nobody',
    ]);
    await undo(`${inMes}/rolebindings/by-hand`);
    await undo(`/apis/${rbac}/v1/namespaces/mes-test/rolebindings/by-hand`);
  });

  it('whose network policy is gone, or has another beside it, are named', async () => {
    const policies = '/apis/networking.k8s.io/v1/namespaces/mes-prod/networkpolicies';
    await undo(`${policies}/default-deny`);
    expect(openCells(verify())).toEqual(['erp -> mes network: broken', 'mes -> erp network: broken']);
    expect(content.opsctl('apply --yes --health-timeout 0').status).toBe(0);
    await make(policies, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'all-in' },
      spec: { podSelector: {}, ingress: [{}] },
    });
    const ended = verify();
    expect({ status: ended.status, open: openCells(ended), seen: brokenEvidence(ended) }).toEqual({
      status: 3,
      open: ['erp -> mes network: broken'],
      seen: ['the network policy all-in of mes-prod: is declared by nobody, and lets traffic through'],
    });
    await undo(`${policies}/all-in`);
    expect(openCells(verify())).toEqual(asApplied);
  });

  it('of whom one has no quota, or no standard for its pods, is named', async () => {
    await undo(quotaPath('erp-prod'));
    const ended = verify();
    expect({ status: ended.status, open: openCells(ended) }).toEqual({
      status: 3,
      open: ['erp -> mes exhaust: broken', ...asApplied],
    });
    expect(brokenEvidence(ended).sort()).toEqual([
      'erp-developers starts a pod beyond the quota of erp-prod: 201: it would start',
      'the quota of erp-prod: is not there',
    ]);
    expect(content.opsctl('apply --yes --health-timeout 0').status).toBe(0);
    const early = verify();
    expect({ status: early.status, codes: codesOf(content.opsctl('tenancy verify')) }).toEqual({
      status: 3,
      codes: ['tenancy-verify/exhausts', 'tenancy-verify/untried'],
    });
    await takeUpQuota('erp-prod');

    const label = 'pod-security.kubernetes.io/enforce';
    await call('PATCH', '/api/v1/namespaces/erp-prod', { metadata: { labels: { [label]: 'privileged' } } });
    expect(brokenEvidence(verify())).toEqual([
      'erp-developers starts a pod with the node’s files in erp-prod: 201: it would start',
    ]);
    await call('PATCH', '/api/v1/namespaces/erp-prod', { metadata: { labels: { [label]: 'restricted' } } });
    expect(verify().status).toBe(0);
  });

  it('can be verified by somebody who is allowed that and nothing else, and by nobody who is not', async () => {
    const operator = makeClusterContent();
    operator.declare([], statements);
    operator.bind({ kubeconfig: await cluster().kubeconfigFile('operator'), timeoutMs: 8000 });
    const refused = operator.opsctl('tenancy verify --json');
    expect(refused.status).toBe(1);
    expect(openCells(refused)).toHaveLength(8);
    expect(eventsOf(refused).filter(({ verdict }) => verdict === 'broken')).toEqual([]);
    expect(brokenEvidence(refused).join('\n')).toContain('cannot impersonate');

    const printed = eventsOf(operator.opsctl('tenancy verify --json --rights verifiers'));
    const rights = printed.find(({ event }) => event === 'tenancy-rights');
    const manifests = rights?.manifests as readonly {
      readonly kind: string;
      readonly metadata: { namespace?: string };
    }[];
    for (const manifest of manifests) {
      const where = manifest.metadata.namespace === undefined ? '' : `/namespaces/${manifest.metadata.namespace}`;
      // Users of this cluster come by their tokens, and are in no group.
      const subjects = [{ apiGroup: rbac, kind: 'User', name: 'operator' }];
      const body = manifest.kind.endsWith('Binding') ? { ...manifest, subjects } : manifest;
      await make(`/apis/${rbac}/v1${where}/${manifest.kind.toLowerCase()}s`, body);
    }
    const allowed = operator.opsctl('tenancy verify --json');
    expect(brokenEvidence(allowed)).toEqual([]);
    expect({ status: allowed.status, open: openCells(allowed) }).toEqual({ status: 0, open: asApplied });
    expect(verify().status).toBe(0);
    operator.remove();
  });

  it('that are misspelt are told, and a cluster that does not answer is no proof', () => {
    expect(verify('--tenant mess').status).toBe(64);
    content.bind({ kubeconfig: cluster().adminFile.replace('admin', 'nobody-at-all'), timeoutMs: 1000 });
    const ended = verify();
    expect({ status: ended.status, codes: codesOf(content.opsctl('tenancy verify')) }).toEqual({
      status: 1,
      codes: ['kubernetes/no-kubeconfig'],
    });
    expect(openCells(ended)).toHaveLength(8);
  });
});
