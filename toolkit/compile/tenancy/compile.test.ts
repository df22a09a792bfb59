import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tenantLabel } from '../../languages/kubernetes/index.ts';
import type { IsolationTerms, JsonObject, Resource, TenantOpening } from '../../model/index.ts';
import { isolatedGroup } from '../../testing/isolated-group.ts';

const terms: IsolationTerms = {
  namespaces: ['mes-prod'],
  access: { edit: ['mes-developers'], view: ['mes-users', 'auditors'] },
  quota: { cpu: '8', memory: '16Gi', storage: '200Gi', objects: { loadBalancers: 1 } },
};

function compiled(given: Partial<IsolationTerms> = {}): readonly Resource[] {
  const { objects, diagnostics } = isolatedGroup([{ tenant: 'mes', terms: { ...terms, ...given } }]);
  expect(diagnostics).toEqual([]);
  return objects;
}

function specAt(name: string, objects: readonly Resource[]): JsonObject | undefined {
  return objects.find(({ address }) => address === `plant/kubernetes-object/${name}`)?.spec;
}

const labels = { [tenantLabel]: 'mes' };

it('one statement is a namespace with its walls, and who gets in', () => {
  const objects = compiled();
  const looks = ['get', 'list', 'watch'];
  expect(objects.map(({ address }) => address.replace('plant/kubernetes-object/', ''))).toEqual([
    'limitrange.mes-prod.tenant',
    'namespace.mes-prod',
    'networkpolicy.mes-prod.default-deny',
    'resourcequota.mes-prod.tenant',
    'role.mes-prod.tenant-edit',
    'role.mes-prod.tenant-view',
    'rolebinding.mes-prod.tenant-edit',
    'rolebinding.mes-prod.tenant-view',
    'serviceaccount.mes-prod.default',
  ]);
  expect(specAt('namespace.mes-prod', objects)).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'mes-prod',
      labels: {
        ...labels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'latest',
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': 'latest',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': 'latest',
      },
    },
  });
  expect(specAt('resourcequota.mes-prod.tenant', objects)).toEqual({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'tenant', namespace: 'mes-prod', labels },
    spec: {
      hard: {
        'requests.cpu': '8',
        'limits.cpu': '8',
        'requests.memory': '16Gi',
        'limits.memory': '16Gi',
        'requests.ephemeral-storage': '20Gi',
        'limits.ephemeral-storage': '20Gi',
        'requests.storage': '200Gi',
        pods: '50',
        configmaps: '100',
        'count/cronjobs.batch': '20',
        'count/deployments.apps': '50',
        'count/jobs.batch': '100',
        'services.loadbalancers': '1',
        'services.nodeports': '0',
        secrets: '100',
        services: '50',
        'count/statefulsets.apps': '20',
        persistentvolumeclaims: '20',
      },
    },
  });
  expect(specAt('limitrange.mes-prod.tenant', objects)?.spec).toEqual({
    limits: [
      {
        type: 'Container',
        defaultRequest: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '100Mi' },
        default: { cpu: '500m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      },
    ],
  });
  expect(specAt('networkpolicy.mes-prod.default-deny', objects)?.spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  expect(specAt('serviceaccount.mes-prod.default', objects)?.automountServiceAccountToken).toBe(false);
  expect(specAt('rolebinding.mes-prod.tenant-view', objects)).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'tenant-view', namespace: 'mes-prod', labels },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'tenant-view' },
    subjects: [
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'mes-users' },
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'auditors' },
    ],
  });
  expect(specAt('role.mes-prod.tenant-view', objects)?.rules).toContainEqual({
    apiGroups: [''],
    resources: ['configmaps', 'persistentvolumeclaims', 'pods', 'services'],
    verbs: looks,
  });
});

it('each object is the tenant’s, says why it is there, and lets nobody in before the walls stand', () => {
  const objects = compiled();
  expect(new Set(objects.map(({ owner, tenant }) => `${owner} ${tenant}`))).toEqual(new Set(['mes-team mes']));
  expect(new Set(objects.flatMap(({ clauses }) => clauses))).toEqual(
    new Set(['S0:7.1.3.1.d/1', 'S0:7.1.3.1.d/2', 'S0:7.1.3.1.d/3']),
  );
  const binding = objects.find(({ address }) => address.endsWith('rolebinding.mes-prod.tenant-edit'));
  expect(binding?.dependsOn.map((address) => address.split('/')[2])).toEqual([
    'resourcequota.mes-prod.tenant',
    'limitrange.mes-prod.tenant',
    'networkpolicy.mes-prod.default-deny',
    'serviceaccount.mes-prod.default',
    'role.mes-prod.tenant-edit',
  ]);
  expect(binding?.derivation.map(({ text }) => text)).toEqual([
    'The stack plant isolates the tenant mes in the namespace mes-prod.',
    'mes-developers may edit in mes-prod. mes-team speaks for mes.',
  ]);
  const quota = objects.find(({ address }) => address.endsWith('resourcequota.mes-prod.tenant'));
  const part = quota?.parts.find(({ name }) => name === 'count/jobs.batch');
  expect(part?.pointer).toBe('/spec/hard/count~1jobs.batch');
});

it('roles have no star, give no rights away, and move no wall; viewers see no secret', () => {
  const objects = compiled({ access: { admin: ['a'], edit: ['e'], view: ['v'] } });
  const rights = (level: string) =>
    ((specAt(`role.mes-prod.tenant-${level}`, objects)?.rules ?? []) as unknown as readonly Rule[]).flatMap(
      ({ resources, verbs }) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
    );
  const all = ['admin', 'edit', 'view'].flatMap(rights);
  expect(all.filter((right) => /\*|escalate|bind |impersonate|nodes|token/.test(right))).toEqual([]);
  const walls =
    / (roles|rolebindings|networkpolicies|resourcequotas|limitranges|namespaces|endpoints|endpointslices|daemonsets)$/;
  expect(all.filter((right) => walls.test(right) && !/^(get|list|watch) /.test(right))).toEqual([]);
  expect(rights('view').filter((right) => /secrets|exec/.test(right) || !/^(get|list|watch) /.test(right))).toEqual([]);
  expect(rights('edit').filter((right) => /exec|portforward/.test(right))).toEqual([]);
});

interface Rule {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const inside = (...values: string[]) => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] },
});
const openings: readonly { readonly opening: TenantOpening; readonly name: string; readonly spec: object }[] = [
  {
    opening: { to: 'dns', reason: 'Names.' },
    name: 'to-dns',
    spec: {
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ...inside('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
      ],
    },
  },
  {
    opening: { to: 'itself', reason: 'One application.' },
    name: 'within-tenant',
    spec: {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [inside('mes-prod')] }],
      egress: [{ to: [inside('mes-prod')] }],
    },
  },
  {
    opening: { from: { namespace: 'monitoring' }, ports: [8080], reason: 'Scraping.' },
    name: 'from-namespace-monitoring',
    spec: {
      policyTypes: ['Ingress'],
      ingress: [{ from: [inside('monitoring')], ports: [{ protocol: 'TCP', port: 8080 }] }],
    },
  },
  {
    opening: { to: { namespace: 'kafka', pods: { app: 'Kafka' } }, ports: ['9092'], reason: 'Events.' },
    name: 'to-namespace-kafka-app-kafka',
    spec: {
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ...inside('kafka'), podSelector: { matchLabels: { app: 'Kafka' } } }],
          ports: [{ protocol: 'TCP', port: 9092 }],
        },
      ],
    },
  },
  {
    opening: { to: { cidr: '10.20.0.0/16', except: ['10.20.1.0/24'] }, ports: ['161/udp'], reason: 'Controllers.' },
    name: 'to-10-20-0-0-16',
    spec: {
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.20.0.0/16', except: ['10.20.1.0/24'] } }],
          ports: [{ protocol: 'UDP', port: 161 }],
        },
      ],
    },
  },
];

it.each(openings)('the opening $name is a policy of its own, with its reason', ({ opening, name, spec }) => {
  const found = specAt(`networkpolicy.mes-prod.${name}`, compiled({ openings: [opening] }));
  expect(found).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'mes-prod', labels, annotations: { 'opsctl/reason': opening.reason } },
    spec: { podSelector: {}, ...spec },
  });
});

it('between two tenants both open their end, to all namespaces of the other', () => {
  const reason = 'Orders.';
  const { objects, diagnostics } = isolatedGroup([
    { tenant: 'mes', terms: { ...terms, openings: [{ from: { tenant: 'erp' }, ports: [443], reason }] } },
    {
      tenant: 'erp',
      terms: { ...terms, namespaces: ['erp-a', 'erp-b'], openings: [{ to: { tenant: 'mes' }, reason }] },
    },
  ]);
  expect(diagnostics).toEqual([]);
  expect(specAt('networkpolicy.mes-prod.from-tenant-erp', objects)?.spec).toMatchObject({
    ingress: [{ from: [inside('erp-a', 'erp-b')] }],
  });
  expect(specAt('networkpolicy.erp-b.to-tenant-mes', objects)?.spec).toMatchObject({
    egress: [{ to: [inside('mes-prod')] }],
  });
});

const kinds = ['LimitRange', 'Namespace', 'NetworkPolicy', 'ResourceQuota', 'Role', 'RoleBinding', 'ServiceAccount'];
/** Few names, so that the same one is often given twice. */
const someNamespaces = fc.uniqueArray(fc.stringMatching(/^[a-c][0-2]?$/), { minLength: 1, maxLength: 3 });

it('whatever is declared, no namespace is two tenants’, and each has every wall', () => {
  fc.assert(
    fc.property(someNamespaces, someNamespaces, (mes, erp) => {
      const { objects, diagnostics } = isolatedGroup([
        { tenant: 'mes', terms: { ...terms, namespaces: mes } },
        { tenant: 'erp', terms: { ...terms, namespaces: erp } },
      ]);
      if (mes.some((name) => erp.includes(name))) {
        expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['tenancy/namespace-taken']));
        expect(objects).toEqual([]);
        return;
      }
      const byNamespace = Map.groupBy(objects, ({ spec }) => {
        const { name, namespace = name } = spec.metadata as Readonly<Record<string, string>>;
        return namespace;
      });
      expect([...byNamespace.keys()].sort()).toEqual([...mes, ...erp].sort());
      for (const [namespace, own] of byNamespace) {
        expect(new Set(own.map(({ tenant }) => tenant))).toEqual(
          new Set([mes.includes(namespace ?? '') ? 'mes' : 'erp']),
        );
        expect([...new Set(own.map(({ spec }) => String(spec.kind)))].sort()).toEqual(kinds);
      }
    }),
    { numRuns: 25 },
  );
});
