import { describe, expect, it } from 'vitest';
import { defineStack, items, type JsonValue, jsonEquals, type Resource } from '../model/index.ts';
import { hostAlerts, sampleGroup, sampleItem, sampleItems, sampleStacks } from '../testing/sample-group.ts';
import { compileGroup, type GroupDeclarations } from './compile-group.ts';

describe('what is derived', () => {
  it('is, for a plant, collection, rules, routing, dashboards and records', () => {
    const { resources, diagnostics } = compileGroup(sampleGroup());
    expect(diagnostics).toEqual([]);
    expect(resources.map(({ address }) => address).filter((address) => address.startsWith('plant/'))).toEqual([
      'plant/alertmanager-config/main',
      'plant/alertmanager-template/opsctl',
      'plant/blackbox-config/main',
      'plant/cmdb-record/db-1',
      'plant/cmdb-record/host-1',
      'plant/cmdb-record/host-2',
      'plant/cmdb-record/web-1',
      'plant/grafana-dashboard/host',
      'plant/grafana-dashboard/http-endpoint',
      'plant/grafana-dashboard/tcp-service',
      'plant/grafana-provisioning/dashboards',
      'plant/grafana-provisioning/datasources',
      'plant/prometheus-config/main',
      'plant/prometheus-rules/escalation',
      'plant/prometheus-rules/host',
      'plant/prometheus-rules/http-endpoint',
      'plant/prometheus-rules/tcp-service',
      'plant/prometheus-targets/host-node',
      'plant/prometheus-targets/http-endpoint-probe',
      'plant/prometheus-targets/tcp-service-probe',
    ]);
  });

  it('does not depend on the order of declarations', () => {
    const group = sampleGroup();
    const reversed = compileGroup({ ...group, stacks: [...group.stacks].reverse(), items: [...group.items].reverse() });
    expect(
      jsonEquals(reversed.resources as unknown as JsonValue, compileGroup(group).resources as unknown as JsonValue),
    ).toBe(true);
  });

  it('carries the contract of labels on every target', () => {
    const groups = resourceOf(sampleGroup(), 'plant/prometheus-targets/http-endpoint-probe').spec.groups;
    expect(groups).toEqual([
      {
        targets: ['http://web-1.plant.example/healthz'],
        labels: {
          item: 'web-1',
          class: 'http-endpoint',
          tier: 'L3',
          site: 'plant',
          tenant: 'mes',
          team: 'plant-ops',
          criticality: 'high',
          __param_module: 'http_get_2xx',
        },
      },
    ]);
  });

  it('leaves an item that is not in service out of monitoring and keeps its record', () => {
    const group = sampleGroup({
      items: [...sampleItems, sampleItem('host-9', 'host', { address: 'host-9' }, { stage: 'in-stock' })],
    });
    expect(JSON.stringify(resourceOf(group, 'plant/prometheus-targets/host-node').spec)).not.toContain('host-9');
    expect(resourceOf(group, 'plant/cmdb-record/host-9').spec).toMatchObject({ record: { stage: 'in-stock' } });
  });

  it('reads relations from both ends', () => {
    expect(resourceOf(sampleGroup(), 'plant/cmdb-record/host-1').spec).toMatchObject({
      record: { relations: [{ type: 'runs', item: 'web-1' }] },
    });
    expect(resourceOf(sampleGroup(), 'plant/cmdb-record/web-1').spec).toMatchObject({
      record: { relations: [{ type: 'runs-on', item: 'host-1' }] },
    });
  });

  it('protects what the stack protects', () => {
    const group = sampleGroup({
      stacks: sampleStacks((plant) => plant.protect('cmdb-record/host-*', 'Audit evidence.')),
    });
    expect(resourceOf(group, 'plant/cmdb-record/host-1').lifecycle.protect).toBe(true);
    expect(resourceOf(group, 'plant/cmdb-record/web-1').lifecycle.protect).toBe(false);
  });

  it('knows what was called otherwise before', () => {
    const group = sampleGroup({
      stacks: sampleStacks((plant) => plant.renamed('prometheus-rules/hosts', 'prometheus-rules/host')),
    });
    expect(resourceOf(group, 'plant/prometheus-rules/host').aliases).toEqual(['plant/prometheus-rules/hosts']);
    expect(resourceOf(group, 'plant/prometheus-rules/tcp-service').aliases).toEqual([]);
  });

  it('runs waiting times faster in a laboratory, and never under a second', () => {
    const group = sampleGroup();
    const fast = { ...group, surroundings: { ...group.surroundings, speed: 30 } };
    expect(resourceOf(fast, 'plant/prometheus-config/main').spec).toMatchObject({
      config: { global: { scrape_interval: '1s' } },
    });
    expect(JSON.stringify(resourceOf(fast, 'plant/prometheus-rules/host').spec)).toContain('"for":"4s"');
  });
});

describe('what does not fit together', () => {
  const group = sampleGroup();
  it.each<{ readonly name: string; readonly declarations: GroupDeclarations; readonly codes: readonly string[] }>([
    {
      name: 'a stack whose parent is not declared',
      declarations: {
        ...group,
        stacks: [
          ...sampleStacks(),
          defineStack({ name: 'lost', tier: 'L3', site: 'plant', parent: 'nowhere', team: 'plant-ops' }),
        ],
      },
      codes: ['compile/unknown-reference'],
    },
    {
      name: 'a parent of a lower tier',
      declarations: {
        ...group,
        stacks: [
          ...sampleStacks(),
          defineStack({ name: 'odd', tier: 'L2', site: 'region', parent: 'plant', team: 'region-ops' }),
        ],
      },
      codes: ['compile/tier-mismatch'],
    },
    {
      name: 'a group without headquarters',
      declarations: { ...group, stacks: [] },
      codes: ['compile/headquarters-count'],
    },
    {
      name: 'an item that two stacks operate',
      declarations: { ...group, stacks: sampleStacks((plant) => plant.operate(items.where({ site: 'hq' }))) },
      codes: ['compile/operated-twice'],
    },
    {
      name: 'a tuning that matches nothing',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.tune(items.where({ id: 'host-7' }), hostAlerts.cpuBusy, { threshold: 1, reason: 'Because.' }),
        ),
      },
      codes: ['compile/matches-nothing'],
    },
    {
      name: 'a waiver that matches nothing',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.waive(items.where({ id: 'host-7' }), hostAlerts.cpuBusy, {
            reason: 'Because.',
            approver: 'lead',
            until: '2027-01-01',
          }),
        ),
      },
      codes: ['compile/matches-nothing'],
    },
    {
      name: 'a waiver that nobody known allowed',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.waive(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, {
            reason: 'Because.',
            approver: 'nobody',
            until: '2027-01-01',
          }),
        ),
      },
      codes: ['compile/unknown-reference'],
    },
    {
      name: 'an alert of another class',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.tune(items.where({ id: 'web-1' }), hostAlerts.cpuBusy, { threshold: 1, reason: 'Because.' }),
        ),
      },
      codes: ['compile/alert-not-of-class'],
    },
    {
      name: 'an alert tuned twice for one item',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant
            .tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { threshold: 0.8, reason: 'Because.' })
            .tune(items.where({ class: 'host' }), hostAlerts.cpuBusy, { threshold: 0.7, reason: 'Because.' }),
        ),
      },
      codes: ['compile/tuned-twice'],
    },
    {
      name: 'a tuning without a change',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { reason: 'Because.' }),
        ),
      },
      codes: ['compile/tuning-empty'],
    },
    {
      name: 'a rename that names no object',
      declarations: { ...group, stacks: sampleStacks((plant) => plant.renamed('hosts', 'prometheus-rules/host')) },
      codes: ['compile/rename-invalid'],
    },
    {
      name: 'a duration that is none',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { for: '5 minutes', reason: 'Because.' }),
        ),
      },
      codes: ['compile/duration-invalid'],
    },
  ])('$name', ({ declarations, codes }) => {
    const compiled = compileGroup(declarations);
    expect(compiled.diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(compiled.diagnostics.every(({ position }) => position !== undefined)).toBe(true);
    expect(compiled.resources).toEqual([]);
  });
});

/** Types are stripped before content runs, so a misspelt key arrives here as it was written. */
describe('what an editor would have underlined', () => {
  const group = sampleGroup();
  const withAlert = (change: object): GroupDeclarations => {
    const [pack] = group.organisation.catalogue.alerts;
    const [key, alert] = Object.entries(pack?.alerts ?? {})[0] ?? [];
    if (pack === undefined || key === undefined || alert === undefined) throw new Error('Bug: the sample has alerts.');
    const changed = { ...pack, alerts: { ...pack.alerts, [key]: { ...alert, ...change } } };
    const catalogue = {
      ...group.organisation.catalogue,
      alerts: [changed, ...group.organisation.catalogue.alerts.slice(1)],
    };
    return { ...group, organisation: { ...group.organisation, catalogue } };
  };
  const misspelt = <Value>(value: object): Value => value as Value;

  it.each<{ readonly name: string; readonly declarations: GroupDeclarations; readonly code: string }>([
    {
      name: 'a selection that would take in everything',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.waive(items.where(misspelt({ criticalty: 'low' })), hostAlerts.down, {
            reason: 'Because.',
            approver: 'lead',
            until: '2027-01-01',
          }),
        ),
      },
      code: 'compile/unknown-field',
    },
    {
      name: 'a threshold that would be dropped',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.tune(
            items.where({ id: 'host-1' }),
            hostAlerts.cpuBusy,
            misspelt({ treshold: 0.4, for: '10m', reason: 'Because.' }),
          ),
        ),
      },
      code: 'compile/unknown-field',
    },
    {
      name: 'an alert that would never fire',
      declarations: withAlert({ when: { belw: 0.5 } }),
      code: 'compile/unknown-field',
    },
    {
      name: 'a threshold with which nothing fires',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { threshold: Number.NaN, reason: 'Because.' }),
        ),
      },
      code: 'compile/threshold-invalid',
    },
    { name: 'an alert without a condition', declarations: withAlert({ when: {} }), code: 'compile/condition-missing' },
    {
      name: 'an alert without a waiting time',
      declarations: withAlert({ for: undefined }),
      code: 'compile/duration-invalid',
    },
    {
      name: 'a severity that no route knows',
      declarations: withAlert({ severity: 'warnin' }),
      code: 'compile/unknown-reference',
    },
    {
      name: 'a placeholder that nothing fills',
      declarations: withAlert({ summary: { en: '{valeu}', zh: '{item}' } }),
      code: 'compile/unknown-reference',
    },
    {
      name: 'a channel that would hear of everything',
      declarations: {
        ...group,
        organisation: {
          ...group.organisation,
          teams: group.organisation.teams.map((team) => ({
            ...team,
            channels: team.channels.map((channel) => misspelt<typeof channel>({ ...channel, severity: ['critical'] })),
          })),
        },
      },
      code: 'compile/unknown-field',
    },
  ])('$name', ({ declarations, code }) => {
    const { diagnostics, resources } = compileGroup(declarations);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(resources).toEqual([]);
  });
});

function resourceOf(group: GroupDeclarations, address: string): Resource {
  const { resources, diagnostics } = compileGroup(group);
  const found = resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`${address} was not derived: ${JSON.stringify(diagnostics)}`);
  return found;
}
