import { defineKubernetesObject, kubernetes, items as selectItems } from 'opsctl';
import { anItem, anOrganisation, aPolicyInput, aResource, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { isolated } from './isolated.ts';

const tenant = (id: string) => ({ id, title: { en: id, zh: id }, owner: 'hq-ops' });
const organisation = anOrganisation({ tenants: [tenant('mes'), tenant('erp')] });
const stack = aStack('plant-east-1', { targets: ['kubernetes'] }).isolate('mes', {
  namespaces: ['mes-prod'],
  access: { edit: ['mes-developers'] },
  quota: { cpu: '8', memory: '16Gi' },
});
const workload = (namespace: string, labels: Readonly<Record<string, string>>, kind = 'Deployment') => {
  const { manifest } = defineKubernetesObject({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'app', namespace },
    spec: { template: { metadata: { labels } } },
  });
  return aResource('plant-east-1/kubernetes-object/deployment.app', {
    type: 'kubernetes-object',
    spec: manifest as never,
  });
};

it.each([
  { name: 'in its own namespace', object: workload('mes-prod', { tenant: 'mes' }), where: null },
  { name: 'without a tenant', object: workload('web', { app: 'web' }), where: null },
  { name: 'with a label that is no tenant', object: workload('web', { tenant: 'somebody' }), where: null },
  { name: 'that runs nothing', object: workload('web', { tenant: 'mes' }, 'ConfigMap'), where: null },
  { name: 'of mes in a shared namespace', object: workload('web', { tenant: 'mes' }), where: 'mes in web' },
  { name: 'of erp in that of mes', object: workload('mes-prod', { 'opsctl/tenant': 'erp' }), where: 'erp in mes-prod' },
])('an object $name', ({ object, where }) => {
  const [id, , namespace] = where?.split(' ') ?? [];
  const finding = `error ${object.address}: Deployment of the tenant ${id} is in ${namespace}, which is not ${id}’s alone.`;
  const input = aPolicyInput({ organisation, stacks: [stack], resources: [object] });
  expect(findingsOf(isolated, input)).toEqual(where === null ? [] : [finding]);
});

it.each([
  { id: 'mes', on: 'k8s-1', found: [] },
  { id: 'erp', on: 'host-1', found: [] },
  {
    id: 'erp',
    on: 'k8s-1',
    found: [
      'error erp-app: erp-app of the tenant erp runs on k8s-1, and the stack plant-east-1 does not isolate erp there.',
    ],
  },
])('an item of $id that runs on $on', ({ id, on, found }) => {
  const items = [
    anItem({ id: 'k8s-1', class: 'kubernetes-cluster' }),
    anItem({ id: 'host-1' }),
    anItem({ id: `${id}-app`, tenant: id, relations: [{ type: 'runs-on', to: on }] }),
  ];
  const operatedBy = new Map(items.map((item) => [item.id, 'plant-east-1']));
  expect(findingsOf(isolated, aPolicyInput({ organisation, stacks: [stack], items, operatedBy }))).toEqual(found);
});

it.each([
  { name: 'a workload in its own namespace', namespace: 'mes-prod', how: 'declared', found: false },
  { name: 'a workload in another', namespace: 'web', how: 'declared', found: true },
  { name: 'an item that is reached in its own namespace', namespace: 'mes-prod', how: 'reached', found: false },
  { name: 'an item that is reached in another', namespace: 'web', how: 'reached', found: true },
])('$name', ({ namespace, how, found }) => {
  const isReached = how === 'reached';
  const item = anItem({
    id: 'orders',
    tenant: 'mes',
    class: isReached ? 'postgresql' : 'kubernetes-workload',
    attributes: isReached ? {} : { namespace },
  });
  const labels = { app: 'orders' };
  const place = { service: { namespace, labels, port: 'metrics' } };
  const home = kubernetes({ namespace: 'monitoring' });
  const atHome = isReached ? { ...stack.reach(selectItems.where({ id: 'orders' }), place), home } : stack;
  const operatedBy = new Map([['orders', 'plant-east-1']]);
  const finding = `error orders: orders of the tenant mes is in the namespace ${namespace}, which the stack plant-east-1 does not give to mes alone.`;
  expect(findingsOf(isolated, aPolicyInput({ organisation, stacks: [atHome], items: [item], operatedBy }))).toEqual(
    found ? [finding] : [],
  );
});
