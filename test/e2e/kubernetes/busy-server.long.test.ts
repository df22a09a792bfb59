import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterContent, makeClusterContent } from '../../support/cluster-content.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';

const flowcontrol = '/apis/flowcontrol.apiserver.k8s.io/v1';
const count = 300;

/** Priority and fairness of the server itself, set so that it takes one request of this user at a time and refuses the others. */
describe.skipIf(!kubernetes.available)(
  kubernetes.title('a real API server that has one seat for its caller'),
  { timeout: 300_000 },
  () => {
    const cluster = clusterForSuite();
    let content: ClusterContent;
    let namespace: string;
    beforeAll(async () => {
      content = makeClusterContent();
      namespace = await cluster().newNamespace();
      await allowOperator();
      content.bind({ kubeconfig: await cluster().kubeconfigFile('operator') });
      const made = [
        await cluster().call('POST', `${flowcontrol}/prioritylevelconfigurations`, narrowLevel),
        await cluster().call('POST', `${flowcontrol}/flowschemas`, schemaOfOperator),
      ];
      expect(made.map(({ status }) => status)).toEqual([201, 201]);
    });
    afterAll(() => content.remove());

    it('gets all objects into it, in its time, and finds nothing to do afterwards', async () => {
      content.declare(
        Array.from({ length: count }, (_, index) => ({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: `object-${index}`, namespace },
          data: { index: String(index) },
        })),
      );
      await expect.poll(refusals, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
      const before = await refused();
      const applied = content.opsctl('apply --yes --health-timeout 30s');
      expect({ status: applied.status, said: applied.stderr }).toEqual({ status: 0, said: '' });
      expect(await refused()).toBeGreaterThan(before);
      expect(content.opsctl('plan --detailed-exitcode')).toMatchObject({ status: 0 });
    });

    async function allowOperator(): Promise<void> {
      const { status } = await cluster().call('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
        metadata: { name: 'operator' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'operator' }],
      });
      expect(status).toBe(201);
    }

    /** How many of twenty requests at a time are refused: none until the server has taken its configuration up. */
    async function refusals(): Promise<number> {
      const path = `/api/v1/namespaces/${namespace}/configmaps?limit=1`;
      const calls = Array.from({ length: 20 }, () => cluster().call('GET', path, undefined, { user: 'operator' }));
      const answers = await Promise.all(calls);
      return answers.filter(({ status }) => status === 429).length;
    }

    /** As the server counts. */
    async function refused(): Promise<number> {
      const { body } = await cluster().call('GET', '/metrics');
      const lines = String(body).split('\n');
      const own = lines.filter((line) => /^apiserver_flowcontrol_rejected_requests_total\{.*"narrow"/.test(line));
      return own.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    }
  },
);

const narrowLevel = {
  metadata: { name: 'narrow' },
  spec: {
    type: 'Limited',
    limited: {
      nominalConcurrencyShares: 1,
      lendablePercent: 0,
      borrowingLimitPercent: 0,
      limitResponse: { type: 'Reject' },
    },
  },
};

const schemaOfOperator = {
  metadata: { name: 'operator' },
  spec: {
    priorityLevelConfiguration: { name: 'narrow' },
    matchingPrecedence: 100,
    rules: [
      {
        subjects: [{ kind: 'User', user: { name: 'operator' } }],
        resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], clusterScope: true, namespaces: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      },
    ],
  },
};
