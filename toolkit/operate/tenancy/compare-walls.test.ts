import { expect, it } from 'vitest';
import type { AccessTrial, JsonObject, Resource } from '../../model/index.ts';
import { isolatedGroup } from '../../testing/isolated-group.ts';
import { compareBindings, comparePolicies } from './compare-walls.ts';
import { declaredSpaces } from './declared-spaces.ts';

const quota = { cpu: '8', memory: '16Gi' };
const { objects } = isolatedGroup([
  {
    tenant: 'mes',
    terms: {
      namespaces: ['mes-prod'],
      access: { edit: ['mes-developers'] },
      quota,
      openings: [{ from: { tenant: 'erp' }, ports: [5432], reason: 'Orders.' }],
    },
  },
  {
    tenant: 'erp',
    terms: {
      namespaces: ['erp-prod'],
      access: { view: ['erp-users'] },
      quota,
      openings: [{ to: { tenant: 'mes' }, reason: 'Orders.' }],
    },
  },
]);
const all = declaredSpaces('plant', objects);
const space = all.find(({ tenant }) => tenant === 'mes');
if (space === undefined) throw new Error('The tenant mes is isolated.');

const inMes = (kind: string) =>
  objects
    .map((object: Resource) => object.spec)
    .filter((spec) => spec.kind === kind && namespaceOf(spec) === 'mes-prod');
const namespaceOf = ({ metadata }: JsonObject) => (metadata as JsonObject).namespace;
const named = (specs: readonly JsonObject[], name: string) =>
  specs.filter(({ metadata }) => (metadata as JsonObject).name !== name);

function answering(items: readonly JsonObject[], status = 200): AccessTrial {
  return { try: async () => ({ status, body: status === 200 ? { items } : { message: 'no' } }) };
}

const policies = inMes('NetworkPolicy');
const wide: JsonObject = { metadata: { name: 'default-deny' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } };
const opened = { metadata: { name: 'by-hand' }, spec: { podSelector: {}, egress: [{}] } };

it.each([
  {
    name: 'as declared',
    live: policies,
    seen: ['null -> mes held', 'mes -> null held', 'erp -> mes declared'],
  },
  {
    name: 'without the one that shuts the doors',
    live: named(policies, 'default-deny'),
    seen: ['null -> mes broken', 'mes -> null broken', 'erp -> mes declared'],
  },
  {
    name: 'with one that shuts only one door',
    live: [wide, ...named(policies, 'default-deny')],
    seen: ['null -> mes broken', 'mes -> null broken', 'erp -> mes declared'],
  },
  {
    name: 'with an opening that was widened',
    live: policies.map((one) =>
      (one.metadata as JsonObject).name === 'from-tenant-erp'
        ? { ...one, spec: { podSelector: {}, ingress: [{}] } }
        : one,
    ),
    seen: ['null -> mes held', 'mes -> null held', 'null -> mes broken'],
  },
  {
    name: 'with another that opens the way out',
    live: [...policies, opened],
    seen: ['null -> mes held', 'mes -> null held', 'erp -> mes declared', 'mes -> null broken'],
  },
])('network policies $name', async ({ live, seen }) => {
  const evidence = await comparePolicies(answering(live), { space, all });
  expect(evidence.map(({ tenant, other, verdict }) => `${tenant} -> ${other} ${verdict}`)).toEqual(seen);
});

it('network policies that cannot be seen prove nothing', async () => {
  const evidence = await comparePolicies(answering([], 403), { space, all });
  expect(evidence.map(({ verdict }) => verdict)).toEqual(['untried', 'untried']);
});

const binding = (name: string, subject: JsonObject): JsonObject => ({
  metadata: { name },
  roleRef: { kind: 'ClusterRole', name: 'edit' },
  subjects: [subject],
});
const account = (namespace: string) => ({ kind: 'ServiceAccount', name: 'x', namespace });

it.each([
  { name: 'only those that are declared', more: [], verdict: 'held' },
  { name: 'an account of its own', more: [binding('b', account('mes-prod'))], verdict: 'held' },
  { name: 'an account of the platform', more: [binding('b', account('flux-system'))], verdict: 'held' },
  { name: 'an account of another tenant', more: [binding('b', account('erp-prod'))], verdict: 'broken' },
  { name: 'a person', more: [binding('b', { kind: 'User', name: 'bob' })], verdict: 'broken' },
  { name: 'a group', more: [binding('b', { kind: 'Group', name: 'everybody' })], verdict: 'broken' },
  {
    name: 'a person under the name of whoever verifies',
    more: [binding('opsctl-tenancy-verifier', { kind: 'User', name: 'bob' })],
    verdict: 'broken',
  },
])('role bindings: $name', async ({ more, verdict }) => {
  const evidence = await compareBindings(answering([...inMes('RoleBinding'), ...more]), { space, all });
  expect(evidence.map((one) => `${one.tenant} -> ${one.other} ${one.verdict}`)).toEqual([`null -> mes ${verdict}`]);
});
