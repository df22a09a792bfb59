import { type AlertPack, defineAlertPack, defineClass, items, networkName } from 'opsctl';
import { aCompiledInput, anItem, anOrganisation, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { criticalMonitored } from './critical-monitored.ts';

const attributes = { address: networkName('Where it answers.') };
const title = { en: 'Pump', zh: '泵' };
const pump = defineClass({
  id: 'pump',
  title,
  attributes,
  sources: {
    exporter: {
      kind: 'exporter',
      exporter: 'pump_exporter',
      interval: '30s',
      endpoint: ({ address }) => `${address}:9200`,
    },
  },
  signals: {
    up: {
      title,
      unit: 'boolean',
      direction: 'state',
      from: 'exporter',
      expression: (series) => series('up'),
      metrics: ['up'],
    },
  },
});
const pumpAlerts = defineAlertPack(pump, {
  down: {
    name: 'PumpDown',
    signal: 'up',
    when: { equals: 0 },
    for: '2m',
    severity: 'critical',
    criticality: ['critical'],
    summary: { en: '{item} is down', zh: '{item} 停机' },
    runbook: 'pump/down',
    rationale: 'A pump restarts within a minute.',
    clauses: [],
  },
});
const mute = defineClass({ id: 'mute', title, attributes, sources: {}, signals: {} });

const organisation = anOrganisation({
  catalogue: { classes: [pump, mute] as unknown as AlertPack['class'][], alerts: [pumpAlerts], dashboards: [] },
});
const above = [aStack('hq'), aStack('region-east')];
const plant = aStack('plant-east-1').operate(items.where({ site: 'plant-east-1' }));
const critical = anItem({ id: 'pump-1', class: 'pump', criticality: 'critical' });
const terms = { reason: 'It is watched by its vendor.', approver: 'ops-lead', until: '2027-03-31' };

it.each([
  { name: 'an operated item with an alert passes', item: critical, findings: [] },
  {
    name: 'an item that is not in service yet passes',
    item: { ...critical, class: 'mute', stage: 'installing' as const },
    findings: [],
  },
  {
    name: 'an item of middling criticality passes',
    item: { ...critical, class: 'mute', criticality: 'medium' as const },
    findings: [],
  },
  {
    name: 'an item of a class that is not in the catalogue fails',
    item: { ...critical, class: 'valve' },
    findings: ['error pump-1: pump-1 is critical and in service. Its class valve is not in the catalogue in use.'],
  },
  {
    name: 'an item of a class without signals fails',
    item: { ...critical, class: 'mute' },
    findings: ['error pump-1: pump-1 is critical and in service. Its class mute has no signals.'],
  },
  {
    name: 'an item that no stack operates fails',
    item: { ...critical, site: 'hq' },
    findings: ['error pump-1: pump-1 is critical and in service. No stack operates it.'],
  },
  {
    name: 'an item of a stack without Prometheus fails',
    item: critical,
    stack: aStack('plant-east-1', { targets: ['alertmanager', 'cmdb'] }).operate(items.where({ site: 'plant-east-1' })),
    findings: [
      'error pump-1: pump-1 is critical and in service. plant-east-1 operates it, but has it in no target list.',
    ],
  },
  {
    name: 'an item for whose criticality the class has no alert fails',
    item: { ...critical, criticality: 'high' as const },
    findings: ['error pump-1: pump-1 is high and in service. plant-east-1 measures it, but no alert can fire for it.'],
  },
  {
    name: 'an item whose every alert is waived fails',
    item: critical,
    stack: plant.waive(items.where({ id: 'pump-1' }), pumpAlerts.down, terms),
    findings: [
      'error pump-1: pump-1 is critical and in service. plant-east-1 measures it, but no alert can fire for it.',
    ],
  },
  {
    name: 'an item whose alert is tuned passes',
    item: critical,
    stack: plant.tune(items.where({ id: 'pump-1' }), pumpAlerts.down, {
      for: '5m',
      reason: 'It restarts slowly in winter.',
    }),
    findings: [],
  },
  {
    name: 'a waived item is noted',
    item: { ...critical, class: 'mute' },
    stack: plant.waive(items.where({ id: 'pump-1' }), criticalMonitored, terms),
    findings: [
      'notice pump-1: pump-1 is critical and in service. Its class mute has no signals. Waived by ops-lead until 2027-03-31: It is watched by its vendor.',
    ],
  },
])('$name', ({ item, stack = plant, findings }) => {
  expect(
    findingsOf(criticalMonitored, aCompiledInput({ organisation, items: [item], stacks: [...above, stack] })),
  ).toEqual(findings);
});
