import { httpEndpoint } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import {
  type ConfigurationItem,
  canonicalJson,
  defineAlertPack,
  defineClass,
  defineClassDashboard,
  defineScreen,
  defineSlo,
  type JsonObject,
  type Resource,
  type SeriesSelector,
  type StackDeclaration,
} from '../../model/index.ts';
import { items, sampleGroup, sampleItem, sampleItems, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';
import { dashboardUid, panelId } from '../dashboard-uid.ts';
import type { GroupDeclarations } from '../group-declarations.ts';
import { standardPanels } from './index.ts';

const title = { en: 'Wall', zh: '大屏' };
const { itemMap, alertsCritical, firingAlerts } = standardPanels;
const objective = defineSlo({
  id: 'web-answers',
  title: { en: 'The web answers', zh: '网页可用' },
  service: items.where({ id: 'web-1' }),
  objective: 0.999,
  window: { rolling: '14d' },
  indicator: { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' },
});

describe('uids and ids', () => {
  it('a long uid keeps to forty characters, and to itself', () => {
    const long = (end: string) => dashboardUid(`plant-with-a-name-that-goes-on-and-on-${end}`, 'http-endpoint');
    expect([long('a'), long('b')].map((uid) => uid.length)).toEqual([40, 40]);
    expect(long('a')).not.toBe(long('b'));
    expect(dashboardUid('plant', 'host')).toBe('opsctl-plant-host');
  });

  it('a panel keeps its id wherever it stands', () => {
    const [one, other] = [screenOf(0, 9), screenOf(10, 0)].map((stack) => panelsOf(compiled(stack), 'screen-wall'));
    expect(idsByTitle(one!)).toEqual(idsByTitle(other!));
    expect(idsByTitle(one!)).toMatchObject({ 'Items · 配置项状态': panelId('item-map') });
  });

  it('the same declarations give the same bytes', () => {
    const print = () => canonicalJson(compiled((plant) => plant.uphold(objective)).map(({ spec }) => spec));
    expect(print()).toBe(print());
  });
});

describe('the dashboard of a service', () => {
  const hostile = { en: '# [x](http://evil.example) <b>', zh: '*重要*' };
  const group = sampleGroup({
    items: [
      ...sampleItems.filter(({ id }) => id !== 'host-1'),
      sampleItem(
        'host-1',
        'host',
        { address: 'h' },
        { title: hostile, relations: [{ type: 'connects-through', to: 'db-1' }] },
      ),
    ],
    stacks: sampleStacks((plant) => plant.uphold(objective)),
  });
  const service = () => compileGroup(group).resources;

  it('shows what the service needs at all depths, and the alerts of all of it', () => {
    const queries = queriesOf(panelsOf(service(), 'service-web-1'));
    const among = 'item=~"db-1|host-1|host-2"';
    expect(queries).toContain(`sort_desc(max by (item, class, site) (signal:item_state{${among}}))`);
    expect(queries.some((query) => query.includes('severity="critical",item=~"web-1|db-1|host-1|host-2"'))).toBe(true);
    expect(queries.some((query) => query.startsWith('signal:http_endpoint_duration{item=~"web-1"}'))).toBe(true);
  });

  it('writes titles of items as text, whatever is in them', () => {
    const text = panelsOf(service(), 'service-web-1').find(({ type }) => type === 'text');
    expect((text!.options as JsonObject).content).toBe(
      [
        '- web-1 **运行于** \\*重要\\*',
        '- db-1 **运行于** host-2',
        '- \\*重要\\* **经由连接** db-1',
        '',
        '- web-1 **runs on** \\# \\[x\\](http://evil.example) \\<b\\>',
        '- db-1 **runs on** host-2',
        '- \\# \\[x\\](http://evil.example) \\<b\\> **connects through** db-1',
      ].join('\n'),
    );
  });
});

describe('the panel of a state', () => {
  const stateOf = (direction: 'state' | 'high-is-bad', equals: number | null) => {
    const source = { kind: 'exporter', exporter: 'gate', interval: '30s', endpoint: () => 'gate:1' } as const;
    const reading = {
      from: 'own',
      expression: (series: SeriesSelector) => series('gate_open'),
      metrics: ['gate_open'],
    };
    const gate = defineClass({
      id: 'gate',
      title,
      attributes: {},
      sources: { own: source },
      signals: { open: { title, unit: 'boolean', direction, ...reading } },
    });
    const told = {
      for: '5m',
      severity: 'warning',
      summary: title,
      runbook: 'gate',
      rationale: 'x',
      clauses: [],
    } as const;
    const open = { ...told, name: 'GateOpen', signal: 'open', when: { equals: equals ?? 0 } } as const;
    const pack = equals === null ? defineAlertPack(gate, {}) : defineAlertPack(gate, { open });
    const dashboard = defineClassDashboard(gate, { title, rows: [{ title, signals: ['open'] }] });
    const group = sampleGroup({ items: [sampleItem('gate-1', 'gate', {})] });
    const catalogue = { classes: [gate], alerts: [pack], dashboards: [dashboard] };
    const { resources } = compileGroup({ ...group, organisation: { ...group.organisation, catalogue } });
    const { defaults } = panelsOf(resources, 'gate').find(({ type }) => type === 'state-timeline')!
      .fieldConfig as unknown as { readonly defaults: StateDefaults };
    const { options } = defaults.mappings[0]!;
    return [options[0].color, options[1].color, ...defaults.thresholds.steps.map(({ color }) => color)].join(' ');
  };

  it.each([
    {
      name: 'at one, where its alert tells of one',
      direction: 'high-is-bad',
      equals: 1,
      colours: 'green orange green red',
    },
    {
      name: 'at zero, where its alert tells of zero',
      direction: 'state',
      equals: 0,
      colours: 'orange green red green',
    },
    {
      name: 'at one, by its direction, where nobody is told',
      direction: 'high-is-bad',
      equals: null,
      colours: 'green red green red',
    },
    { name: 'at zero, where nothing else is said', direction: 'state', equals: null, colours: 'red green red green' },
  ] as const)('is the colour of trouble $name', ({ direction, equals, colours }) => {
    expect(stateOf(direction, equals)).toBe(colours);
  });
});

interface StateDefaults {
  readonly mappings: readonly { readonly options: readonly [{ readonly color: string }, { readonly color: string }] }[];
  readonly thresholds: { readonly steps: readonly { readonly color: string }[] };
}

describe('screens', () => {
  it.each([
    {
      name: 'tiles beside and below each other',
      tiles: [tile(itemMap, 0, 0), tile(alertsCritical, 12, 0), tile(firingAlerts, 0, 5)],
      codes: [],
    },
    {
      name: 'a tile over another',
      tiles: [tile(itemMap, 0, 0), tile(alertsCritical, 11, 4)],
      codes: ['dashboards/tiles-overlap'],
    },
    { name: 'a tile beyond the right edge', tiles: [tile(itemMap, 13, 0)], codes: ['dashboards/tile-outside'] },
    { name: 'a tile below the bottom', tiles: [tile(itemMap, 0, 21)], codes: ['dashboards/tile-outside'] },
    { name: 'a panel twice', tiles: [tile(itemMap, 0, 0), tile(itemMap, 12, 0)], codes: ['dashboards/tile-twice'] },
  ])('$name: $codes', ({ tiles, codes }) => {
    const screen = defineScreen({ id: 'wall', title, tiles });
    const { diagnostics } = compileGroup(groupOf((plant) => plant.display(screen)));
    expect(diagnostics.map(({ code, position }) => [code, position])).toEqual(
      codes.map((code) => [code, screen.source]),
    );
  });

  it('two of one id at one place are refused where the second is displayed', () => {
    const screen = defineScreen({ id: 'wall', title, tiles: [] });
    const { diagnostics } = compileGroup(groupOf((plant) => plant.display(screen).display(screen)));
    expect(diagnostics.map(({ code }) => code)).toEqual(['dashboards/screen-twice']);
  });

  it('names tiles in Chinese by the titles of items, and reloads as often as it says', () => {
    const screen = defineScreen({ id: 'wall', title, refresh: '10s', tiles: [tile(itemMap, 0, 0)] });
    const document = dashboardOf(
      compiled((plant) => plant.display(screen)),
      'screen-wall',
    );
    expect(document).toMatchObject({ title: 'Wall · 大屏', refresh: '10s', time: { from: 'now-24h' } });
    expect(JSON.stringify(document)).toContain('"matcher":{"id":"byName","options":"web-1"}');
  });
});

describe('links from what is slow or fails to its traces', () => {
  const linksOf = (changes: Partial<ConfigurationItem>) => {
    const page = 'https://jaeger.plant.example/search';
    const jaeger = { ...sampleItem('jaeger-1', 'jaeger', { address: 'j.example', page }), ...changes };
    const { resources } = compileGroup(sampleGroup({ items: [...sampleItems, jaeger] }));
    return panelsOf(resources, 'http-endpoint')
      .filter(({ links }) => Array.isArray(links) && links.some((link) => (link as JsonObject)['url'] === page))
      .map((panel) => panel['title']);
  };

  it('times of answers lead to the store of traces of the group, and states and days do not', () => {
    expect(linksOf({})).toEqual([expect.stringMatching(/Response time|Time/)]);
  });

  it('one that is not in service is no place to look', () => {
    expect(linksOf({ stage: 'retired' })).toEqual([]);
  });
});

describe('links between alerts, panels and runbooks', () => {
  const based = (base: string, plant?: (stack: StackDeclaration) => StackDeclaration): GroupDeclarations => {
    const group = groupOf(plant);
    return { ...group, organisation: { ...group.organisation, dashboardBase: base } };
  };

  it('an alert opens the panel with its signal, for its item', () => {
    const { resources } = compileGroup(based('https://grafana.{stack}.example'));
    const url = annotationOf(resources, 'plant/prometheus-rules/host', 'HostCpuBusy');
    expect(url).toBe(
      `https://grafana.plant.example/d/opsctl-plant-host?viewPanel=${panelId('cpuBusy')}&var-site={{ $labels.site }}&var-item={{ $labels.item }}`,
    );
    const panel = panelsOf(resources, 'host').find(({ id }) => id === panelId('cpuBusy'));
    expect(panel).toMatchObject({
      title: 'CPU busy · CPU 使用率',
      links: [{ title: 'Runbook · 处置手册: HostCpuBusy', url: 'https://runbooks.example/host/cpu-busy' }],
    });
  });

  it('an alert of an objective opens the objectives, and the one that burns', () => {
    const { resources } = compileGroup(based('https://grafana.example', (plant) => plant.uphold(objective)));
    expect(annotationOf(resources, 'plant/prometheus-rules/slo-web-answers', 'SloBudgetSpent')).toBe(
      'https://grafana.example/d/opsctl-plant-objectives?var-slo=web-answers',
    );
  });

  it('where a control point has no Grafana, the one above is opened', () => {
    const group = based('https://grafana.example/{stack}');
    const stacks = group.stacks.map((stack) =>
      stack.name === 'plant' ? { ...stack, targets: stack.targets.filter((name) => name !== 'grafana') } : stack,
    );
    const { resources } = compileGroup({ ...group, stacks });
    expect(annotationOf(resources, 'plant/prometheus-rules/host', 'HostCpuBusy')).toContain(
      'https://grafana.example/region/d/opsctl-region-host?',
    );
  });

  it('an organisation that does not say where dashboards are opened has no links to them', () => {
    expect(annotationOf(compiled(), 'plant/prometheus-rules/host', 'HostCpuBusy')).toBeUndefined();
  });
});

it('an overview names signals that the class has', () => {
  const group = sampleGroup();
  const [first, ...others] = group.organisation.catalogue.dashboards;
  const dashboards = [{ ...first!, overview: ['cpuBusyy'], forecast: ['up'] }, ...others];
  const organisation = { ...group.organisation, catalogue: { ...group.organisation.catalogue, dashboards } };
  const { diagnostics } = compileGroup({ ...group, organisation });
  expect(diagnostics.map(({ code, found }) => [code, found])).toEqual([['compile/unknown-name', 'cpuBusyy']]);
});

it('a region shows the classes that are below it, and no others', () => {
  const names = compiled()
    .filter(({ type }) => type === 'grafana-dashboard')
    .map(({ address }) => String(address));
  expect(names.filter((name) => name.startsWith('region/'))).toEqual([
    'region/grafana-dashboard/host',
    'region/grafana-dashboard/http-endpoint',
    'region/grafana-dashboard/overview',
    'region/grafana-dashboard/tcp-service',
  ]);
});

function tile(panel: (typeof standardPanels)[keyof typeof standardPanels], x: number, y: number) {
  return { panel, x, y, width: 12, height: 5 };
}

function screenOf(first: number, second: number) {
  const tiles = [tile(itemMap, 0, first), tile(alertsCritical, 0, second)];
  const screen = defineScreen({ id: 'wall', title, tiles });
  return (plant: StackDeclaration) => plant.display(screen);
}

function groupOf(plant?: (stack: StackDeclaration) => StackDeclaration): GroupDeclarations {
  return sampleGroup({ stacks: sampleStacks(plant) });
}

function compiled(plant?: (stack: StackDeclaration) => StackDeclaration): readonly Resource[] {
  return compileGroup(groupOf(plant)).resources;
}

function dashboardOf(resources: readonly Resource[], name: string): JsonObject {
  const { spec } = resources.find(({ address }) => address === `plant/grafana-dashboard/${name}`)!;
  return spec.dashboard as JsonObject;
}

function panelsOf(resources: readonly Resource[], name: string): readonly JsonObject[] {
  return dashboardOf(resources, name).panels as readonly JsonObject[];
}

function idsByTitle(panels: readonly JsonObject[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(panels.map(({ title: name, id }) => [String(name), id]));
}

function queriesOf(panels: readonly JsonObject[]): readonly string[] {
  return panels.flatMap(({ targets = [] }) => (targets as readonly JsonObject[]).map(({ expr }) => String(expr)));
}

function annotationOf(resources: readonly Resource[], address: string, alert: string): unknown {
  const { spec } = resources.find((resource) => resource.address === address)!;
  const rules = (spec.group as JsonObject).rules as readonly JsonObject[];
  const rule = rules.find((one) => one.alert === alert)!;
  return (rule.annotations as JsonObject).dashboard_url;
}
