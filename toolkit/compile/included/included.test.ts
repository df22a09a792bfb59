import { describe, expect, it } from 'vitest';
import {
  defineGrafanaDashboard,
  defineRouting,
  defineRules,
  type JsonObject,
  type Resource,
  rule,
} from '../../model/index.ts';
import { sampleGroup, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const terms = { reason: 'Taken over.', approver: 'ops-lead', until: '2027-01-31' };
const power = defineRules({
  id: 'power',
  name: 'Power of the hall',
  interval: '60s',
  rules: [
    rule({ record: 'feed:up:min', expr: 'min by (feed) (feed_up)' }),
    rule({ alert: 'FeedLost', expr: 'feed:up:min == 0', for: '5m', labels: { severity: 'critical' } }),
    rule({ alert: 'FeedLost', expr: 'feed:up:min == 0', for: '1h', keep_firing_for: '10m' }),
  ],
});
const office = defineRouting({
  id: 'office',
  route: { receiver: 'office', routes: [{ receiver: 'office', matchers: ['team="office"'], group_by: ['alertname'] }] },
  receivers: [{ name: 'office', webhook_configs: [{ url: { $secret: 'env:OFFICE' } }] }],
  inhibitRules: [{ source_matchers: ['severity="critical"'], target_match: { severity: 'warning' }, equal: ['host'] }],
  timeIntervals: [{ name: 'nights', time_intervals: [{ times: [{ start_time: '22:00', end_time: '24:00' }] }] }],
  templates: [{ name: 'office', text: '{{ define "office" }}x{{ end }}' }],
});
const storage = defineGrafanaDashboard({
  id: 'storage',
  json: {
    __inputs: [
      { name: 'DS_PROM', type: 'datasource', pluginId: 'prometheus' },
      { name: 'VAR_SITE', type: 'constant', value: 'plant' },
    ],
    title: 'Storage',
    schemaVersion: 39,
    panels: [
      { id: 1, type: 'stat', datasource: { uid: '${DS_PROM}' }, title: '${VAR_SITE}', gridPos: { w: 12, h: 8 } },
    ],
  },
});

type Included = Parameters<ReturnType<typeof sampleStacks>[number]['include']>[0];

function compiled(...included: readonly Included[]) {
  return compileGroup(
    sampleGroup({
      stacks: sampleStacks((plant) => included.reduce((stack, content) => stack.include(content, terms), plant)),
    }),
  );
}

function resourceAt(address: string, ...included: readonly Included[]): Resource {
  const { resources, diagnostics } = compiled(...included);
  expect(diagnostics).toEqual([]);
  const found = resources.find((resource) => resource.address === address);
  if (found === undefined) throw new Error(`${address} is not compiled.`);
  return found;
}

describe('a rule group that is written by hand', () => {
  it('is one rule file, with its own name for the group and its rules as they are', () => {
    expect(resourceAt('plant/prometheus-rules/power', power).spec).toEqual({
      file: 'power',
      group: {
        name: 'Power of the hall',
        interval: '1m',
        rules: [
          { record: 'feed:up:min', expr: 'min by (feed) (feed_up)' },
          { alert: 'FeedLost', expr: 'feed:up:min == 0', for: '5m', labels: { severity: 'critical' } },
          { alert: 'FeedLost', expr: 'feed:up:min == 0', for: '1h', keep_firing_for: '10m' },
        ],
      },
    });
  });

  it('has a part for each rule, declared where the rule is', () => {
    const { parts, derivation } = resourceAt('plant/prometheus-rules/power', power);
    expect(parts.map(({ name, pointer }) => [name, pointer])).toEqual([
      ['feed:up:min', '/group/rules/0'],
      ['FeedLost', '/group/rules/1'],
      ['FeedLost:2', '/group/rules/2'],
    ]);
    const lines = parts.map(({ derivation: [step] }) => step?.source?.line);
    expect(new Set(lines).size).toBe(3);
    expect(derivation[0]?.text).toMatch(/noted until 2027-01-31, allowed by ops-lead: Taken over\.$/);
  });
});

it('a dashboard has the inputs of its export filled in, a uid and a place for each panel', () => {
  expect(resourceAt('plant/grafana-dashboard/storage', storage).spec).toEqual({
    folder: 'plant',
    dashboard: {
      uid: 'storage',
      title: 'Storage',
      schemaVersion: 39,
      panels: [
        {
          id: 1,
          type: 'stat',
          datasource: { uid: 'opsctl-plant' },
          title: 'plant',
          gridPos: { x: 0, y: 0, w: 12, h: 8 },
        },
      ],
    },
  });
});

describe('routing that is written by hand', () => {
  const config = () => resourceAt('plant/alertmanager-config/main', office).spec.config as JsonObject;

  it('takes the place of the last derived routes, with the defaults of a root', () => {
    const routes = (config().route as { readonly routes: readonly JsonObject[] }).routes;
    const before = compiled().resources.find(({ address }) => address === 'plant/alertmanager-config/main');
    const { route } = (before?.spec.config ?? {}) as { readonly route: { readonly routes: readonly JsonObject[] } };
    const unowned = before?.parts.filter(({ name }) => name.startsWith('unowned-')).length ?? 0;
    expect(unowned).toBe(2);
    expect(routes.slice(0, -1)).toEqual(route.routes.slice(0, -unowned));
    expect(routes.at(-1)).toEqual({
      group_by: ['opsctl_no_such_label'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
      ...office.route,
    });
  });

  it('brings receivers, times and templates, and inhibition that stays among alerts without an item', () => {
    expect((config().receivers as readonly JsonObject[]).at(-1)).toEqual(office.receivers[0]);
    expect((config().time_intervals as readonly JsonObject[]).at(-1)).toEqual(office.timeIntervals?.[0]);
    expect((config().inhibit_rules as readonly JsonObject[]).at(-1)).toEqual({
      source_matchers: ['severity="critical"', 'item=""'],
      target_match: { severity: 'warning' },
      target_matchers: ['item=""'],
      equal: ['host'],
    });
    expect(resourceAt('plant/alertmanager-template/office', office).spec).toEqual(office.templates?.[0]);
  });

  it('keeps a pointer for every part', () => {
    const { spec, parts } = resourceAt('plant/alertmanager-config/main', office);
    const routes = ((spec.config as JsonObject).route as { readonly routes: readonly JsonObject[] }).routes;
    expect(parts.map(({ pointer }) => pointer)).toEqual(routes.map((_, index) => `/config/route/routes/${index}`));
    expect(parts.at(-1)?.name).toBe('routing-office');
  });
});

describe('what does not fit is an error where it is included', () => {
  const host = defineRules({ id: 'host', rules: [rule({ record: 'a:b', expr: 'up' })] });
  const second = defineRouting({ ...withoutMade(office), id: 'second' });
  const unknown = defineRouting({ id: 'bad', route: { receiver: 'nobody-knows' }, receivers: [{ name: 'office' }] });
  const taken = defineRouting({ id: 'taken', route: { receiver: 'nobody' }, receivers: [{ name: 'nobody' }] });

  it.each([
    { name: 'a group with the id of a class', included: [host], found: ['inclusion/name-taken host'] },
    { name: 'a group that is included twice', included: [power, power], found: ['inclusion/name-taken power'] },
    { name: 'a second routing', included: [office, second], found: ['inclusion/second-routing second'] },
    { name: 'routing that Alertmanager refuses', included: [unknown], found: ['inclusion/routing-refused bad'] },
    { name: 'a receiver with a derived name', included: [taken], found: ['inclusion/name-taken taken'] },
  ])('$name', ({ included, found }) => {
    const { diagnostics } = compiled(...included);
    expect(diagnostics.map(({ code, subject }) => `${code} ${subject}`)).toEqual(found);
    expect(diagnostics.every(({ position }) => position?.file.endsWith('included.test.ts'))).toBe(true);
  });

  it('a dashboard in a stack without Grafana', () => {
    const stacks = sampleStacks((plant) => plant.include(storage)).map((stack) => ({
      ...stack,
      targets: stack.targets.filter((target) => target !== 'grafana'),
    }));
    expect(compileGroup(sampleGroup({ stacks: stacks as never })).diagnostics.map(({ code }) => code)).toEqual([
      'inclusion/target-missing',
    ]);
  });
});

it.each([
  { name: 'a rule with neither alert nor record', declare: () => rule({ expr: 'up' } as never) },
  { name: 'a rule with a misspelt field', declare: () => rule({ alert: 'A', expr: 'up', fro: '5m' } as never) },
  { name: 'a duration that is none', declare: () => rule({ alert: 'A', expr: 'up', for: '5 minutes' }) },
  {
    name: 'a rule that rule() did not make',
    declare: () => defineRules({ id: 'a', rules: [{ alert: 'A', expr: 'up' }] as never }),
  },
  { name: 'a function in a dashboard', declare: () => defineGrafanaDashboard({ id: 'a', json: { title: () => 'x' } }) },
  { name: 'an id that is no name of a file', declare: () => defineRules({ id: 'A b', rules: [] }) },
])('$name is refused where it is declared', ({ declare }) => {
  expect(declare).toThrow();
});

function withoutMade({ kind: _, source: __, ...rest }: typeof office) {
  return rest;
}
