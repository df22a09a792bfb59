import { describe, expect, it } from 'vitest';
import {
  type Alert,
  defineStack,
  items,
  type JsonValue,
  jsonEquals,
  type ObjectClass,
  type Resource,
  type Signal,
} from '../model/index.ts';
import { hostAlerts, sampleGroup, sampleItem, sampleItems, sampleStacks } from '../testing/sample-group.ts';
import { compileGroup } from './compile-group.ts';
import type { GroupDeclarations } from './group-declarations.ts';

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
      'plant/grafana-dashboard/overview',
      'plant/grafana-dashboard/tcp-service',
      'plant/grafana-provisioning/dashboards',
      'plant/grafana-provisioning/datasources',
      'plant/prometheus-config/main',
      'plant/prometheus-rules/escalation',
      'plant/prometheus-rules/host',
      'plant/prometheus-rules/http-endpoint',
      'plant/prometheus-rules/item-state',
      'plant/prometheus-rules/tcp-service',
      'plant/prometheus-rules/watch',
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

  it('belongs to the stack where it is shared, also while there is only one item', () => {
    const only = sampleItem(
      'db-1',
      'tcp-service',
      { host: 'db.plant.example', port: 5432 },
      { owner: 'hq-ops', tenant: 'mes' },
    );
    const { resources } = compileGroup(sampleGroup({ items: [only] }));
    const own = resources.filter(({ address }) => address.startsWith('plant/'));
    const ofOthers = own.filter(
      ({ owner, tenant, source }) => owner !== 'plant-ops' || tenant !== null || source.file === only.source.file,
    );
    expect(ofOthers.map(({ address }) => address)).toEqual(['plant/cmdb-record/db-1']);
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
  const withOrganisation = (change: Partial<GroupDeclarations['organisation']>): GroupDeclarations => ({
    ...group,
    organisation: { ...group.organisation, ...change },
  });

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
      name: 'a tuning of an alert whose pack is not in use',
      declarations: {
        ...withOrganisation({ catalogue: { ...group.organisation.catalogue, alerts: [] } }),
        stacks: sampleStacks((plant) =>
          plant.tune(items.where({ id: 'host-1' }), hostAlerts.cpuBusy, { threshold: 0.8, reason: 'Because.' }),
        ),
      },
      codes: ['compile/alert-not-in-use'],
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
      name: 'a protection that protects nothing',
      declarations: { ...group, stacks: sampleStacks((plant) => plant.protect('cmdb-record/host-3', 'Evidence.')) },
      codes: ['compile/matches-nothing'],
    },
    {
      name: 'a mute that mutes nothing',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.muteDrift('plant/grafana-dashboard/*', { reason: 'Trial.', approver: 'lead', until: '2027-01-01' }),
        ),
      },
      codes: ['compile/matches-nothing'],
    },
    {
      name: 'a rename to what is not there',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) => plant.renamed('cmdb-record/host-0', 'cmdb-record/host-9')),
      },
      codes: ['compile/matches-nothing'],
    },
    {
      name: 'a mute that nobody known allowed',
      declarations: {
        ...group,
        stacks: sampleStacks((plant) =>
          plant.muteDrift('cmdb-record/*', { reason: 'Trial.', approver: 'nobody', until: '2027-01-01' }),
        ),
      },
      codes: ['compile/unknown-reference'],
    },
    {
      name: 'a stack of another tier than its site',
      declarations: {
        ...group,
        stacks: [
          ...sampleStacks(),
          defineStack({ name: 'twin', tier: 'L3', site: 'region', parent: 'hq', team: 'region-ops' }),
        ],
      },
      codes: ['compile/tier-of-site'],
    },
    {
      name: 'a stack of a tier that nothing else has',
      declarations: {
        ...group,
        stacks: [
          ...sampleStacks().slice(0, 1),
          defineStack({ name: 'plant', tier: 'L2', site: 'plant', parent: 'hq', team: 'plant-ops' }),
        ],
        organisation: {
          ...group.organisation,
          tiers: group.organisation.tiers.filter(({ id }) => id !== 'L2'),
          sites: group.organisation.sites.filter(({ id }) => id !== 'region'),
          teams: group.organisation.teams.filter(({ id }) => id !== 'region-ops'),
        },
      },
      codes: ['compile/tier-of-site'],
    },
    {
      name: 'a tier that sites, teams and a stack have and the organisation has not',
      declarations: withOrganisation({ tiers: group.organisation.tiers.filter(({ id }) => id !== 'L2') }),
      codes: ['compile/unknown-reference'],
    },
    {
      name: 'a site that is gone while its team and its stack are there',
      declarations: withOrganisation({ sites: group.organisation.sites.filter(({ id }) => id !== 'plant') }),
      codes: ['compile/unknown-reference'],
    },
    {
      name: 'a site declared twice',
      declarations: withOrganisation({ sites: [...group.organisation.sites, ...group.organisation.sites.slice(0, 1)] }),
      codes: ['compile/class-declared-twice'],
    },
    {
      name: 'a stack declared twice',
      declarations: { ...group, stacks: [...sampleStacks(), ...sampleStacks().slice(2)] },
      codes: ['compile/stack-declared-twice'],
    },
  ])('$name', ({ declarations, codes }) => {
    const compiled = compileGroup(declarations);
    expect(compiled.diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(compiled.diagnostics.every(({ position }) => position !== undefined)).toBe(true);
    expect(compiled.resources).toEqual([]);
  });
});

describe('what is told', () => {
  const told = (declarations: GroupDeclarations) =>
    compileGroup(declarations).diagnostics.map(({ detail, hint, expected, found }) => ({
      detail,
      hint,
      expected,
      found,
    }));

  it('names everybody who names what is missing, once', () => {
    const group = sampleGroup();
    const sites = group.organisation.sites.filter(({ id }) => id !== 'plant');
    expect(told({ ...group, organisation: { ...group.organisation, sites } })).toEqual([
      {
        detail:
          'The team plant-ops and the stack plant name the site "plant", which is not declared. Known: hq, region.',
        hint: 'Correct the name, or declare the site in cmdb/organisation/.',
        expected: 'hq | region',
        found: 'plant',
      },
    ]);
  });

  it('says which tier a site has', () => {
    const group = sampleGroup();
    const stacks = [
      ...sampleStacks().slice(0, 2),
      defineStack({ name: 'plant', tier: 'L2', site: 'plant', parent: 'hq', team: 'plant-ops' }),
    ];
    expect(told({ ...group, stacks })).toEqual([
      {
        detail:
          'The stack plant is of tier L2, and its site plant of tier L3; its alerts would be told and escalated as those of another level.',
        hint: 'Correct the tier of the stack, or that of the site in cmdb/organisation/. Two control points at one place are two sites.',
        expected: 'L3',
        found: 'L2',
      },
    ]);
  });

  it('names the object that a protection may have meant', () => {
    expect(
      told(sampleGroup({ stacks: sampleStacks((plant) => plant.protect('cmdb-record/hots-1', 'Evidence.')) })),
    ).toEqual([
      {
        detail: 'A protection of the stack plant selects cmdb-record/hots-1, but the stack derives no such object.',
        hint: 'Did you mean cmdb-record/host-1? Correct the selection, or remove the statement if what it was for is gone.',
        expected: 'type and name, without the stack, of an object that is derived; * stands for any text',
        found: 'cmdb-record/hots-1',
      },
    ]);
  });

  it('takes the stack off a pattern that has it', () => {
    const [finding] = told(
      sampleGroup({ stacks: sampleStacks((plant) => plant.protect('plant/cmdb-record/host-1', 'Evidence.')) }),
    );
    expect(finding?.hint).toContain('Did you mean cmdb-record/host-1?');
  });

  it('names the item that a tuning may have meant', () => {
    const [finding] = told(
      sampleGroup({
        stacks: sampleStacks((plant) =>
          plant.tune(items.where({ id: 'hots-1' }), hostAlerts.cpuBusy, { threshold: 1, reason: 'Because.' }),
        ),
      }),
    );
    expect(finding?.hint).toContain('Did you mean host-1?');
  });

  it('names both places of a stack that is declared twice', () => {
    const stacks = sampleStacks();
    const [plant] = stacks.slice(2);
    if (plant === undefined) throw new Error('Bug: the sample has a plant.');
    const again = { ...plant, source: { file: 'stacks/copy.ts', line: 3, column: 16 } };
    const first = { ...plant, source: { file: 'stacks/plant.ts', line: 7, column: 16 } };
    const { diagnostics } = compileGroup(sampleGroup({ stacks: [...stacks.slice(0, 2), first, again] }));
    expect(diagnostics.map(({ code, detail, position }) => ({ code, detail, position }))).toEqual([
      {
        code: 'compile/stack-declared-twice',
        detail: 'plant is declared here and in stacks/plant.ts:7:16.',
        position: again.source,
      },
    ]);
  });
});

describe('a catalogue in which names do not fit', () => {
  const group = sampleGroup();
  const { catalogue } = group.organisation;
  const withCatalogue = (change: Partial<typeof catalogue>): GroupDeclarations => ({
    ...group,
    organisation: { ...group.organisation, catalogue: { ...catalogue, ...change } },
  });
  const withAlert = (change: Partial<Alert>): GroupDeclarations => {
    const [pack, ...others] = catalogue.alerts;
    const [key, alert] = Object.entries(pack?.alerts ?? {})[0] ?? [];
    if (pack === undefined || key === undefined || alert === undefined) throw new Error('Bug: the sample has alerts.');
    const changed = { ...pack, alerts: { ...pack.alerts, [key]: { ...alert, ...change } } };
    return withCatalogue({ alerts: [changed, ...others] });
  };
  const signalsOf = (objectClass: ObjectClass) =>
    Object.fromEntries(
      Object.entries(objectClass.signals).map(([key, signal]) => [key, { ...signal, from: 'nod' } as Signal]),
    );

  it.each<{ readonly name: string; readonly declarations: GroupDeclarations; readonly found: string }>([
    {
      name: 'a placeholder that nothing fills',
      declarations: withAlert({ summary: { en: '{valeu}', zh: '{item}' } }),
      found: 'valeu',
    },
    { name: 'a signal that the class has not', declarations: withAlert({ signal: 'cpuBusi' }), found: 'cpuBusi' },
    { name: 'a milder alert that the pack has not', declarations: withAlert({ supersedes: 'x' }), found: 'x' },
    {
      name: 'a source that the class has not',
      declarations: withCatalogue({
        classes: catalogue.classes.map((objectClass) => ({ ...objectClass, signals: signalsOf(objectClass) })),
      }),
      found: 'nod',
    },
  ])('$name', ({ declarations, found }) => {
    const { diagnostics, resources } = compileGroup(declarations);
    expect(diagnostics.map(({ code }) => code)).toContain('compile/unknown-name');
    expect(diagnostics.every((diagnostic) => diagnostic.found === found && diagnostic.position)).toBe(true);
    expect(resources).toEqual([]);
  });
});

function resourceOf(group: GroupDeclarations, address: string): Resource {
  const { resources, diagnostics } = compileGroup(group);
  const found = resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`${address} was not derived: ${JSON.stringify(diagnostics)}`);
  return found;
}
