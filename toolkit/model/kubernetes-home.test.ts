import { describe, expect, it } from 'vitest';
import { items } from './item-selection.ts';
import { boundTargets, isInCluster, kubernetes } from './kubernetes-home.ts';
import { defineStack } from './stack.ts';
import { standardTargets } from './target-name.ts';
import { defineVeleroSchedule } from './velero.ts';

const plain = { namespace: 'monitoring' };
const stack = defineStack({
  name: 'plant',
  tier: 'L3',
  site: 'plant',
  parent: 'hq',
  team: 'ops',
  home: kubernetes(plain),
});

it('a home says what the usual charts have, unless it is told otherwise', () => {
  expect(kubernetes(plain)).toEqual({
    kind: 'kubernetes-home',
    namespace: 'monitoring',
    labels: {},
    outside: [],
    services: {},
    routing: { as: 'alertmanager-config', matcherStrategy: 'None' },
    dashboards: {
      label: { grafana_dashboard: '1' },
      folderAnnotation: 'grafana_folder',
      datasourceLabel: { grafana_datasource: '1' },
    },
  });
});

it('a stack that is at home has its systems in the cluster, but those that stay outside', () => {
  const home = kubernetes({ ...plain, outside: ['grafana'] });
  expect(standardTargets.filter((target) => isInCluster({ home }, target))).toEqual([
    'prometheus',
    'alertmanager',
    'blackbox',
  ]);
  expect(boundTargets({ home, targets: ['prometheus', 'cmdb'] })).toEqual(['prometheus', 'cmdb', 'kubernetes']);
  expect(boundTargets({ targets: ['prometheus'] })).toEqual(['prometheus']);
});

describe('is refused where it is declared', () => {
  it.each([
    { name: 'a namespace that is none', declare: () => kubernetes({ namespace: 'Monitoring' }) },
    { name: 'a field that nothing reads', declare: () => kubernetes({ ...plain, lables: {} } as never) },
    { name: 'a label that Kubernetes does not take', declare: () => kubernetes({ ...plain, labels: { a: 'b c' } }) },
    { name: 'a system that is no program', declare: () => kubernetes({ ...plain, outside: ['cmdb' as never] }) },
    { name: 'an address without a port', declare: () => kubernetes({ ...plain, services: { blackbox: 'prober' } }) },
    {
      name: 'a strategy that the operator does not have',
      declare: () => kubernetes({ ...plain, routing: { as: 'alertmanager-config', matcherStrategy: 'none' as never } }),
    },
    {
      name: 'a home that kubernetes() did not make',
      declare: () => defineStack({ ...{ name: 'a', tier: 'L1', site: 'a', team: 'a' }, home: plain as never }),
    },
    {
      name: 'a place with neither Service nor Pods',
      declare: () => stack.reach(items.where({ id: 'a' }), {} as never),
    },
    {
      name: 'a place that any Service would fit',
      declare: () => stack.reach(items.where({ id: 'a' }), { service: { namespace: 'a', labels: {}, port: 'b' } }),
    },
    {
      name: 'a schedule that cron does not read',
      declare: () => defineVeleroSchedule({ name: 'a', schedule: 'nightly', keep: '30d' }),
    },
  ])('$name', ({ declare }) => {
    expect(declare).toThrow();
  });
});
