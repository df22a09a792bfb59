import { describe, expect, it } from 'vitest';
import { defineStack, items, type JsonObject, readExpectedTarget } from '../../model/index.ts';
import { sampleGroup, sampleItem, sampleItems, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';
import type { GroupDeclarations } from '../group-declarations.ts';

describe('what watches the watching', () => {
  it('is a heartbeat, what is expected, and who tells when it is not there, in the order in which they are read', () => {
    const named = watchRules(sampleGroup(), 'plant').map(({ alert, record, labels }) => {
      const { item, job } = labels as JsonObject;
      return [alert ?? record, item, job].filter((word) => word !== undefined).join(' ');
    });
    expect(named).toEqual([
      'Watchdog',
      'watch:evaluated plant',
      'inventory:expected host-1 host-node',
      'inventory:expected host-2 host-node',
      'inventory:expected web-1 http-endpoint-probe',
      'inventory:expected db-1 tcp-service-probe',
      'TargetMissing',
    ]);
  });

  it('has an alert for each urgency that its items have', () => {
    const low = sampleItem('host-9', 'host', { address: 'host-9' }, { criticality: 'low' });
    const rules = watchRules(sampleGroup({ items: [...sampleItems, low] }), 'plant');
    expect(rules.filter(({ alert }) => alert === 'TargetMissing')).toEqual([
      expect.objectContaining({
        expr: 'inventory:expected{class!="control-point",criticality=~"critical|high"} unless on (item, job) up',
        for: '10m',
        labels: { severity: 'critical' },
      }),
      expect.objectContaining({
        expr: 'inventory:expected{class!="control-point",criticality=~"medium|low"} unless on (item, job) up',
        for: '10m',
        labels: { severity: 'warning' },
      }),
    ]);
  });

  it('expects of an item what its alerts are labelled with', () => {
    const [first] = watchRules(sampleGroup(), 'plant').flatMap((rule) => readExpectedTarget(rule) ?? []);
    const labels = {
      class: 'host',
      tier: 'L3',
      site: 'plant',
      tenant: 'shared',
      team: 'plant-ops',
      criticality: 'high',
    };
    expect(first).toEqual({ item: 'host-1', job: 'host-node', labels });
  });

  it('expects nothing that is not measured here: no item in stock, no probe without a prober', () => {
    const stock = sampleItem('host-9', 'host', { address: 'host-9' }, { stage: 'in-stock' });
    const [hq, region] = sampleStacks();
    const bare = defineStack({
      name: 'plant',
      tier: 'L3',
      site: 'plant',
      parent: 'region',
      team: 'plant-ops',
      targets: ['prometheus', 'alertmanager'],
    }).operate(items.where({ site: 'plant' }));
    const group = sampleGroup({
      items: [...sampleItems, stock],
      stacks: [hq, region, bare].filter((stack) => stack !== undefined),
    });
    const expected = watchRules(group, 'plant').flatMap((rule) => readExpectedTarget(rule)?.item ?? []);
    expect(expected).toEqual(['host-1', 'host-2']);
  });

  it('tells, at the tier above and as its own, of a control point below that is silent', () => {
    const rules = watchRules(sampleGroup(), 'region');
    const expected = rules.flatMap((rule) => readExpectedTarget(rule) ?? []);
    expect(expected).toEqual([
      {
        item: 'plant',
        job: 'below-plant',
        labels: {
          class: 'control-point',
          tier: 'L2',
          site: 'region',
          tenant: 'shared',
          team: 'region-ops',
          criticality: 'critical',
        },
      },
    ]);
    expect(rules.at(-1)).toMatchObject({
      alert: 'ControlPointSilent',
      expr: 'inventory:expected{class="control-point"} unless on (item) (time() - watch:evaluated{item="plant"} < 180)',
      for: '2m',
      labels: { severity: 'critical' },
    });
  });

  it('is as much faster as the laboratory', () => {
    const group = sampleGroup();
    const fast = { ...group, surroundings: { ...group.surroundings, speed: 30 } };
    expect(watchRules(fast, 'region').at(-1)).toMatchObject({ expr: expect.stringMatching(/ < 6\)$/), for: '4s' });
  });

  it('is read by the tier above', () => {
    expect(JSON.stringify(specOf(sampleGroup(), 'region/prometheus-config/main'))).toContain('|watch:evaluated');
  });
});

describe('a dead man', () => {
  const url = 'https://dead-man.example/hq';
  const [, region, plant] = sampleStacks();
  const hq = defineStack({ name: 'hq', tier: 'L1', site: 'hq', team: 'hq-ops', deadMan: url });
  const stacks = [hq, region, plant].filter((stack) => stack !== undefined);

  it('is called every minute by the Watchdog of its own control point, before any other route', () => {
    const { route, receivers } = configOf(sampleGroup({ stacks }));
    expect((route as { readonly routes: readonly JsonObject[] }).routes[0]).toEqual({
      receiver: 'dead-man',
      matchers: ['alertname="Watchdog"', 'stack="hq"'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: '30s',
    });
    expect(receivers).toContainEqual({ name: 'dead-man', webhook_configs: [{ url, send_resolved: false }] });
  });

  it('is nobody where none is declared', () => {
    expect(JSON.stringify(configOf(sampleGroup()))).not.toContain('dead-man');
  });
});

function specOf(group: GroupDeclarations, address: string): JsonObject {
  const { resources, diagnostics } = compileGroup(group);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return resources.find((resource) => resource.address === address)?.spec ?? {};
}

function watchRules(group: GroupDeclarations, stack: string): readonly JsonObject[] {
  return (specOf(group, `${stack}/prometheus-rules/watch`).group as { readonly rules: readonly JsonObject[] }).rules;
}

function configOf(group: GroupDeclarations): JsonObject {
  return specOf(group, 'hq/alertmanager-config/main').config as JsonObject;
}
