import { expect, it } from 'vitest';
import { compileGroup } from '../../compile/compile-group.ts';
import { type ConfigurationItem, standardTargets } from '../../model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../testing/sample-group.ts';
import type { Content } from '../contract.ts';
import { declaredAgents } from './declared-agents.ts';
import { describeCollection } from './describe-collection.ts';

/** A plant with a host, a device that is asked, a service that is probed, and a server with metrics of its own. */
function agentsOf(more: readonly ConfigurationItem[] = []) {
  const stacks = sampleStacks().map((stack) =>
    stack.name === 'plant' ? { ...stack, targets: [...standardTargets, 'snmp' as const] } : stack,
  );
  const items = [
    sampleItem('host-9', 'host', { address: 'host-9.example' }, { criticality: 'low' }),
    sampleItem('ups-1', 'ups', { address: '10.0.0.9' }, { criticality: 'critical' }),
    sampleItem('ups-2', 'ups', { address: '10.0.0.10' }, { criticality: 'low' }),
    sampleItem('web-9', 'http-endpoint', { url: 'https://web-9.example/' }),
    sampleItem('etcd-1', 'etcd', { address: 'etcd-1.example' }),
    sampleItem('mtail-1', 'mtail', { address: 'log-1.example' }),
    ...more,
  ];
  const declarations = sampleGroup({ stacks, items });
  const { resources } = compileGroup(declarations);
  const collection = describeCollection(declarations.organisation.catalogue.classes);
  // A stack as content answers it has a parent that may be null; nothing else differs.
  return declaredAgents({ resources, items, collection, stacks: stacks as unknown as Content['stacks'] });
}

it('has every target of every job, told apart by how it is collected, and each shared exporter once', () => {
  const lines = agentsOf().map(
    ({ stack, kind, program, item, endpoint, through, criticality }) =>
      `${stack} ${kind} ${program} ${item} ${endpoint} ${through} ${criticality}`,
  );
  expect(lines).toEqual([
    'plant collector blackbox_exporter null blackbox.plant:1 null high',
    'plant collector snmp_exporter null snmp.plant:1 null critical',
    'plant built-in etcd etcd-1 etcd-1.example:2381 null high',
    'plant exporter node_exporter host-9 host-9.example:9100 null low',
    'plant shipper mtail mtail-1 log-1.example:3903 null high',
    'plant snmp snmp_exporter ups-1 10.0.0.9 snmp.plant:1 critical',
    'plant snmp snmp_exporter ups-2 10.0.0.10 snmp.plant:1 low',
    'plant probe blackbox_exporter web-9 https://web-9.example/ blackbox.plant:1 high',
  ]);
});

it('has a shared exporter that is an item once, with its scrape job', () => {
  const attributes = { address: 'snmp.plant', port: 1, program: 'snmp_exporter' };
  const collectors = (items: Parameters<typeof agentsOf>[0]) =>
    agentsOf(items)
      .filter(({ program, kind }) => program === 'snmp_exporter' && kind === 'collector')
      .map(({ item, job, endpoint }) => ({ item, job, endpoint }));
  const endpoint = 'snmp.plant:1';
  expect(collectors([])).toEqual([{ item: null, job: null, endpoint }]);
  expect(collectors([sampleItem('snmp-1', 'collector', attributes)])).toEqual([
    { item: 'snmp-1', job: 'collector-snmp', endpoint },
  ]);
});

it('carries where a thing is, who answers for it, and the versions that its class was written for', () => {
  expect(agentsOf().find(({ item }) => item === 'host-9')).toMatchObject({
    tier: 'L3',
    site: 'plant',
    tenant: 'shared',
    team: 'plant-ops',
    class: 'host',
    job: 'host-node',
    expected: [{ operator: '>=', version: '1.3' }],
  });
});

it('knows which metrics depend on a version', () => {
  const collection = describeCollection(sampleGroup().organisation.catalogue.classes);
  const tempo = collection.find(({ class: of, source }) => of === 'tempo' && source === 'builtin');
  expect(tempo?.versioned).toEqual([{ name: 'tempo_ingester_failed_flushes_total', since: null, until: '3.0' }]);
});
