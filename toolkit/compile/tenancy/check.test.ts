import { expect, it } from 'vitest';
import {
  defineKubernetesObject,
  type IsolationTerms,
  items,
  kubernetes,
  type StackDeclaration,
  type TenantOpening,
} from '../../model/index.ts';
import { isolatedGroup } from '../../testing/isolated-group.ts';
import { sampleGroup, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';
import { noHomes } from '../homes.ts';
import { tenancyCompiler } from './index.ts';

const terms: IsolationTerms = {
  namespaces: ['mes-prod'],
  access: { edit: ['mes-developers'] },
  quota: { cpu: '2', memory: '4Gi', pods: 3 },
};
const reason = 'They need it.';
const mes = (given: Partial<IsolationTerms>) => ({ tenant: 'mes', terms: { ...terms, ...given } });
const opening = (one: TenantOpening) => [mes({ openings: [one] })];

it.each([
  { name: 'a tenant that nobody declares', of: [{ tenant: 'mess', terms }], found: ['compile/unknown-reference'] },
  {
    name: 'a namespace of two tenants',
    of: [mes({}), { tenant: 'erp', terms }],
    found: ['tenancy/namespace-taken mes-prod'],
  },
  { name: 'a namespace under two sets of terms', of: [mes({}), mes({})], found: ['tenancy/namespace-taken mes-prod'] },
  {
    name: 'namespaces of the cluster',
    of: [mes({ namespaces: ['kube-public', 'default', 'kubernetes'] })],
    found: ['tenancy/namespace-reserved kube-public', 'tenancy/namespace-reserved default'],
  },
  {
    name: 'an opening to a tenant that nobody declares',
    of: opening({ to: { tenant: 'erpp' }, reason }),
    found: ['compile/unknown-reference'],
  },
  {
    name: 'an opening to a tenant that is not in the cluster',
    of: opening({ to: { tenant: 'erp' }, reason }),
    found: ['tenancy/opening-to-nowhere mes'],
  },
  {
    name: 'an opening to a tenant that does not open its end',
    of: [
      ...opening({ to: { tenant: 'erp' }, reason }),
      { tenant: 'erp', terms: { ...terms, namespaces: ['erp'], openings: [{ to: { tenant: 'mes' }, reason }] } },
    ],
    found: ['tenancy/opening-one-sided mes', 'tenancy/opening-one-sided erp'],
  },
  {
    name: 'an opening past the other tenant’s consent',
    of: [
      ...opening({ from: { namespace: 'erp' }, reason }),
      { tenant: 'erp', terms: { ...terms, namespaces: ['erp'] } },
    ],
    found: ['tenancy/opening-to-hidden-tenant mes'],
  },
  {
    name: 'all addresses there are',
    of: opening({ to: { cidr: '0.0.0.0/0' }, reason }),
    found: ['tenancy/opening-too-wide mes'],
  },
  {
    name: 'half of all addresses, and all of the new ones',
    of: [
      mes({
        openings: [
          { to: { cidr: '128.0.0.0/1' }, reason },
          { from: { cidr: '::/0' }, reason },
        ],
      }),
    ],
    found: ['tenancy/opening-too-wide mes', 'tenancy/opening-too-wide mes'],
  },
  {
    name: 'the Internet without what is private',
    of: opening({
      to: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'] },
      reason,
    }),
    found: [],
  },
  {
    name: 'one peer opened twice',
    of: [
      mes({
        openings: [
          { to: 'dns', reason },
          { to: 'dns', ports: [53], reason },
        ],
      }),
    ],
    found: ['tenancy/opening-twice mes'],
  },
  {
    name: 'a monitoring that is in no cluster',
    of: opening({ from: 'monitoring', reason }),
    found: ['tenancy/no-monitoring mes'],
  },
  {
    name: 'a limit beyond the quota, and a request beyond the limit',
    of: [mes({ limits: { limit: { cpu: '4' }, request: { memory: '1Gi' } } })],
    found: ['tenancy/limits-do-not-fit mes', 'tenancy/limits-do-not-fit mes'],
  },
])('$name', ({ of, found }) => {
  const { diagnostics } = isolatedGroup(of);
  expect(diagnostics.map(({ code, subject }) => `${code} ${subject ?? ''}`.trim())).toEqual(found);
  expect(diagnostics.every(({ position }) => position?.file.endsWith('isolated-group.ts'))).toBe(true);
});

const container = (cpu?: string) => ({
  name: 'app',
  image: 'app:1',
  ...(cpu === undefined ? {} : { resources: { limits: { cpu } } }),
});
const deployment = (replicas: number, cpu?: string) =>
  defineKubernetesObject({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app', namespace: 'mes-prod' },
    spec: { replicas, template: { spec: { containers: [container(cpu)] } } },
  });
const claim = defineKubernetesObject({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'mes-prod' },
  spec: { resources: { requests: { storage: '10Gi' } } },
});

it.each([
  { name: 'what fits', included: deployment(3), found: [] },
  {
    name: 'more pods than there may be',
    included: deployment(4),
    found: ['What is declared in mes-prod asks for 4 of pods (Deployment app), and its quota is 3'],
  },
  {
    name: 'more cores, reserved because they are the limit',
    included: deployment(3, '750m'),
    found: [
      'What is declared in mes-prod asks for 2250m of requests.cpu (Deployment app), and its quota is 2',
      'What is declared in mes-prod asks for 2250m of limits.cpu (Deployment app), and its quota is 2',
    ],
  },
  {
    name: 'a volume where none may be claimed',
    included: claim,
    found: [
      'What is declared in mes-prod asks for 10Gi of requests.storage (PersistentVolumeClaim data), and its quota is 0',
      'What is declared in mes-prod asks for 1 of persistentvolumeclaims (PersistentVolumeClaim data), and its quota is 0',
    ],
  },
])('declared in the namespace: $name', ({ included, found }) => {
  const { diagnostics } = isolatedGroup([mes({})], (plant) => plant.include(included));
  expect(diagnostics.map(({ detail }) => detail.split(':')[0])).toEqual(found);
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(
    new Set(found.length === 0 ? [] : ['tenancy/quota-too-small']),
  );
});

it('a stack without a cluster isolates nobody', () => {
  const stacks = sampleStacks((plant) => plant.isolate('mes', terms));
  const { diagnostics } = compileGroup(sampleGroup({ stacks }), noHomes, tenancyCompiler);
  expect(diagnostics.map(({ code }) => code)).toEqual(['tenancy/target-missing']);
});

it.each([
  { name: 'no namespace', given: { namespaces: [] } },
  { name: 'a namespace with a dot', given: { namespaces: ['mes.prod'] } },
  { name: 'nobody who gets in', given: { access: {} } },
  { name: 'a level without a group', given: { access: { edit: [] } } },
  { name: 'everybody who is logged in', given: { access: { view: ['system:authenticated'] } } },
  { name: 'a quota that is no quantity', given: { quota: { cpu: 'two', memory: '4Gi' } } },
  { name: 'a standard that holds nobody to anything', given: { podSecurity: 'privileged' } },
  { name: 'an opening without a reason', given: { openings: [{ to: 'dns' }] } },
  { name: 'an opening both ways', given: { openings: [{ to: 'dns', from: 'monitoring', reason }] } },
  { name: 'an address that is none', given: { openings: [{ to: { cidr: '10.0.0.256/8' }, reason }] } },
  { name: 'a port that is none', given: { openings: [{ to: 'dns', ports: [70_000], reason }] } },
  { name: 'a misspelt field', given: { namespace: 'mes' } },
])('$name is refused where it is declared', ({ given }) => {
  const declare = (plant: StackDeclaration) => plant.isolate('mes', { ...terms, ...given } as IsolationTerms);
  expect(() => sampleStacks(declare)).toThrow();
});

it.each([
  { name: 'lets it in', openings: [{ from: 'monitoring', ports: [8080], reason }] as const, found: [] },
  { name: 'does not', openings: [], found: ['tenancy/monitoring-shut-out mes'] },
])('a tenant whose items are scraped in the cluster and that $name', ({ openings, found }) => {
  const place = { service: { namespace: 'mes-prod', labels: { app: 'web' }, port: 'metrics' } };
  const home = kubernetes({ namespace: 'monitoring' });
  const { diagnostics } = isolatedGroup([mes({ openings })], (plant) => ({
    ...plant.reach(items.where({ id: 'web-1' }), place),
    home,
  }));
  expect(diagnostics.map(({ code, subject }) => `${code} ${subject}`)).toEqual(found);
});
