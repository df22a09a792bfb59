import { hostAlerts, httpEndpointAlerts } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { expect, it } from 'vitest';
import { items } from '../model/index.ts';
import { aCompiledInput, anItem, anOrganisation, aStack } from '../testing/policy-input.ts';
import { itemAlerts } from './item-alerts.ts';

const organisation = anOrganisation({
  catalogue: { classes: standardClasses, alerts: [hostAlerts, httpEndpointAlerts], dashboards: [] },
});
const plant = aStack('plant-east-1').operate(items.where({ site: 'plant-east-1' }));
const only = (id: string) => items.where({ id });
const terms = { reason: 'It is sold in March.', approver: 'ops-lead', until: '2027-03-31' };

function rulesOf(id: string, stack = plant) {
  const all = [
    anItem({ id: 'host-1' }),
    anItem({ id: 'host-2' }),
    anItem({ id: 'host-3', stage: 'in-stock' }),
    anItem({ id: 'host-4', site: 'hq' }),
    anItem({ id: 'web-1', class: 'http-endpoint', attributes: { url: 'https://web-1.example' } }),
  ];
  const input = aCompiledInput({ organisation, items: all, stacks: [aStack('hq'), aStack('region-east'), stack] });
  return itemAlerts(input).get(id);
}

const hostRules = Object.values(hostAlerts.alerts).map(({ name }) => name);

it('an item has the alerts of its class and the labels of its series', () => {
  const watched = rulesOf('host-1');
  expect(watched).toMatchObject({
    stack: 'plant-east-1',
    labels: { item: 'host-1', class: 'host', tier: 'L3', team: 'plant-east-1-ops' },
  });
  expect(watched?.rules.map(({ name }) => name)).toEqual(hostRules);
  expect(rulesOf('web-1')?.rules.map(({ name }) => name)).toEqual(
    Object.values(httpEndpointAlerts.alerts).map(({ name }) => name),
  );
});

it('a waived alert is gone for that item and for no other', () => {
  const stack = plant.waive(only('host-1'), hostAlerts.down, terms);
  expect(rulesOf('host-1', stack)?.rules.map(({ name }) => name)).toEqual(
    hostRules.filter((name) => name !== 'HostDown'),
  );
  expect(rulesOf('host-2', stack)?.rules.map(({ name }) => name)).toEqual(hostRules);
});

it('a tuned item has the rule of its variant in place of the common one', () => {
  const stack = plant
    .tune(only('host-1'), hostAlerts.cpuBusy, { severity: 'critical', reason: 'It must answer in time.' })
    .tune(only('host-2'), hostAlerts.cpuBusy, { for: '1h', reason: 'It has long batches.' });
  const severities = (id: string) =>
    rulesOf(id, stack)
      ?.rules.filter(({ name }) => name === 'HostCpuBusy')
      .map(({ labels }) => labels.severity);
  expect(severities('host-1')).toEqual(['critical']);
  expect(severities('host-2')).toEqual(['warning']);
});

it.each(['host-3', 'host-4', 'host-5'])('%s, not in service, not operated or not there, has no entry', (id) => {
  expect(rulesOf(id)).toBeUndefined();
});

it('an item of a stack that measures nothing has neither labels nor rules', () => {
  const stack = aStack('plant-east-1', { targets: ['cmdb'] }).operate(items.where({ site: 'plant-east-1' }));
  expect(rulesOf('host-1', stack)).toMatchObject({ labels: null, rules: [] });
});
