import { expect, it } from 'vitest';
import type { Alert } from '../../model/index.ts';
import { hostAlerts, sampleGroup, sampleItem } from '../../testing/sample-group.ts';
import { generatedWorld, type WorldFacts } from './generated-world.ts';

const items = [
  sampleItem('host-1', 'host', { address: 'a' }),
  sampleItem('host-2', 'host', { address: 'b' }, { stage: 'in-stock' }),
  sampleItem('gate-1', 'gate', {}),
];
const stackOf = (name: string, site: string, parent: string | null) =>
  ({ name, site, parent, tier: 'L3', team: 'plant-ops' }) as unknown as WorldFacts['stacks'][number];
const facts: WorldFacts = {
  organisation: sampleGroup().organisation,
  stacks: [stackOf('hq', 'hq', null), stackOf('plant', 'plant', 'hq')],
  items,
  alerts: Object.values(hostAlerts).filter((one): one is Alert => 'severity' in one),
  objectives: [],
  collection: [
    { class: 'host', source: 'node' },
    { class: 'pump', source: 'own' },
  ],
};

it('a stack sees the items in service at its site and below, and each with its own labels', () => {
  const labels = { item: 'host-1', class: 'host', site: 'plant', team: 'plant-ops', tier: 'L3' };
  expect(generatedWorld(facts, 'hq', 'host', 1).items).toEqual([labels]);
  expect(generatedWorld(facts, 'hq', null, 1).items?.map(({ item }) => item)).toEqual(['host-1', 'gate-1']);
  expect(generatedWorld(facts, 'hq', null, 1).labels.job).toEqual(['host-node']);
});

it('an alarm is one that the class of its item has', () => {
  const names = new Set(facts.alerts.map(({ name }) => name));
  const alarms = [1, 2, 3, 4].flatMap((seed) => generatedWorld(facts, 'hq', null, seed).alarms ?? []);
  expect(alarms.filter(({ labels }) => labels.item !== 'host-1' || !names.has(labels.alertname ?? ''))).toEqual([]);
  expect(new Set(alarms.map(({ severity }) => severity)).size).toBeGreaterThan(0);
});
