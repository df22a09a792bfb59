import { host, httpEndpoint } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type AlertDeclaration,
  DeclarationRefused,
  defineAlertPack,
  defineClass,
  defineClassDashboard,
  defineItems,
  defineOrganisation,
  defineStack,
  items,
  text,
} from '../model/index.ts';
import { sampleGroup } from '../testing/sample-group.ts';
import { compileGroup } from './compile-group.ts';
import { checkItems } from './inventory/index.ts';

/**
 * Content with one value exchanged for another, at every place of a small group: it is taken, or what is wrong is told
 * with a position. Nothing else may be thrown, because that reads as a mistake of ours.
 */
const title = { en: 'Pump', zh: '泵' };

/** A new one for each case, because places in it are overwritten. */
function smallGroup() {
  return {
    class: {
      id: 'pump',
      title,
      attributes: { address: text('Where it answers.') },
      sources: {
        node: {
          kind: 'exporter',
          exporter: 'pumpd >=1',
          interval: '30s',
          endpoint: (item: { address: string }) => `${item.address}:9100`,
        },
        probe: {
          kind: 'probe',
          interval: '30s',
          endpoint: (item: { address: string }) => `${item.address}:80`,
          module: () => ({ name: 'm', settings: {} }),
        },
      },
      signals: {
        up: {
          title,
          unit: 'boolean',
          direction: 'state',
          from: 'node',
          expression: (series: (metric: string) => string) => series('up'),
          metrics: ['up'],
          partLabels: ['part'],
        },
      },
      conflicts: [{ when: { address: 'x' }, without: 'address', because: 'It cannot be.' }],
    },
    alerts: {
      down: {
        name: 'PumpDown',
        signal: 'up',
        when: { equals: 0 },
        for: '2m',
        severity: 'critical',
        summary: { en: '{item} is down', zh: '{item} 停机' },
        runbook: 'pump/down',
        criticality: ['high'],
        meansDown: true,
        supersedes: 'down',
        rationale: 'It stands.',
        clauses: ['S0:1'],
      },
    },
    dashboard: { title, rows: [{ title, signals: ['up'] }] },
    organisation: {
      id: 'small',
      title,
      tiers: [
        { id: 'L1', title },
        { id: 'L2', title, escalateAfter: '1h', escalateWarningsAfter: '8h' },
      ],
      sites: [
        { id: 'hq', title, tier: 'L1', timeZone: 'Asia/Shanghai' },
        { id: 'plant', title, tier: 'L2', timeZone: 'Asia/Shanghai' },
      ],
      teams: [
        {
          id: 'ops',
          title,
          tier: 'L1',
          site: 'hq',
          channels: [
            { kind: 'webhook', url: 'https://duty.example', severities: ['critical'] },
            { kind: 'email', to: 'a@b.example', from: 'c@b.example', smarthost: 'mail:25', requireTls: false },
            { kind: 'wecom', corporationId: 'c', agentId: 'a', apiSecret: { $secret: 'env:X' }, toUser: 'u' },
          ],
          hours: 'office',
        },
      ],
      people: [{ id: 'lead', name: 'Li', team: 'ops', roles: ['lead'], email: 'l@b.example' }],
      tenants: [{ id: 'mes', title, owner: 'ops' }],
      suppliers: [{ id: 'maker', title, contact: 'x', contractUntil: '2027-12-31' }],
      calendars: [
        { id: 'office', title, timeZone: 'UTC', hours: [{ weekdays: ['monday:friday'], from: '08:00', to: '17:00' }] },
      ],
      runbookBase: 'https://runbooks.example',
      runbookSuffix: '.md',
    },
    // What else a list of the catalogue may hold.
    catalogue: { classes: [host, httpEndpoint], alerts: [] as unknown[], dashboards: [] as unknown[] },
    stacks: [
      { name: 'hq', tier: 'L1', site: 'hq', team: 'ops' },
      { name: 'plant', tier: 'L2', site: 'plant', parent: 'hq', team: 'ops', targets: allTargets() },
    ],
    statements: {
      operate: { criteria: { site: 'plant', class: ['pump'] } },
      tune: { criteria: { id: 'pump-1' }, change: { threshold: 0.5, for: '5m', severity: 'warning', reason: 'Old.' } },
      waive: { criteria: { id: 'pump-2' }, terms: { reason: 'New.', approver: 'lead', until: '2027-03-31' } },
      protect: { pattern: 'cmdb-record/*', reason: 'Evidence.' },
      muteDrift: { pattern: 'cmdb-record/*', terms: { reason: 'Trial.', approver: 'lead', until: '2027-03-31' } },
      renamed: { from: 'cmdb-record/old', to: 'cmdb-record/pump-1' },
    },
    items: [
      {
        id: 'pump-1',
        title,
        site: 'plant',
        owner: 'ops',
        tenant: 'mes',
        criticality: 'high',
        stage: 'in-service',
        supplier: 'maker',
        identity: { serial: '1' },
        attributes: { address: 'pump-1' },
        relations: { 'runs-on': 'pump-2' },
      },
      { id: 'pump-2', site: 'plant', owner: 'ops', attributes: { address: 'pump-2' } },
    ],
  };
}

function allTargets(): readonly string[] {
  return ['prometheus', 'alertmanager', 'blackbox', 'grafana', 'cmdb'];
}

/** As the content of a repository declares it and the commands compile it; gives what is told. */
function declareAndCompile(given: ReturnType<typeof smallGroup>): readonly Diagnostic[] {
  const pump = defineClass(given.class as never);
  const pack = defineAlertPack(pump, given.alerts as unknown as Record<string, AlertDeclaration>);
  const dashboard = defineClassDashboard(pump, given.dashboard);
  const { classes, alerts, dashboards } = given.catalogue;
  const catalogue = { classes: [pump, ...classes], alerts: [pack, ...alerts], dashboards: [dashboard, ...dashboards] };
  const organisation = defineOrganisation({ ...given.organisation, catalogue } as never);
  const [hq, plant] = given.stacks;
  const { operate, tune, waive, protect, muteDrift, renamed } = given.statements;
  const stacks = [
    defineStack(hq as never),
    defineStack(plant as never)
      .operate(items.where(operate.criteria))
      .tune(items.where(tune.criteria), pack.alerts.down as never, tune.change as never)
      .waive(items.where(waive.criteria), pack.alerts.down as never, waive.terms)
      .protect(protect.pattern, protect.reason)
      .muteDrift(muteDrift.pattern, muteDrift.terms)
      .renamed(renamed.from, renamed.to),
  ];
  const declared = defineItems(pump, given.items as never).items;
  const checked = checkItems({
    raw: [],
    declared: acrossTheSandbox(declared),
    classes: acrossTheSandbox(organisation.catalogue.classes),
    organisation,
  });
  if (checked.diagnostics.some(({ severity }) => severity === 'error')) return checked.diagnostics;
  const { surroundings } = sampleGroup();
  return compileGroup({ organisation, stacks, items: checked.items, surroundings }).diagnostics;
}

function acrossTheSandbox<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

type Path = readonly string[];

/** The path of every value in it, functions and lists included. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, entry]) => pathsIn(entry, [...path, name]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** Copied on the way down: parts of a group, such as `title`, stand in several places. */
function exchanged(value: unknown, [name = '', ...rest]: Path, replacement: Replacement): unknown {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
  const holder = copy as Record<string, unknown>;
  if (rest.length > 0) holder[name] = exchanged(holder[name], rest, replacement);
  else if (replacement === 'absent') delete holder[name];
  else holder[name] = replacement.value;
  return copy;
}

type Replacement = 'absent' | { readonly value: unknown };

const replacements: readonly (readonly [string, Replacement])[] = [
  ['is absent', 'absent'],
  ['is undefined', { value: undefined }],
  ['is null', { value: null }],
  ['is a number', { value: 7 }],
  ['is no number', { value: Number.NaN }],
  ['is a text', { value: 'something else' }],
  ['is an empty text', { value: '' }],
  ['is a list', { value: [null] }],
  ['is an object', { value: { other: 1 } }],
  ['is a function that gives nothing', { value: () => undefined }],
];

// The harness itself reads through these, before a call of ours has seen them.
const frames = /^(class|alerts|dashboard|organisation|catalogue(\.\w+)?|stacks|statements(\.\w+)?|items)$/;
const places = pathsIn(smallGroup()).filter((path) => !frames.test(path.join('.')));

describe('a group in which one value is another', () => {
  it('is in order as it stands, so that each case has one cause', () => {
    expect(declareAndCompile(smallGroup()).map(({ code }) => code)).toEqual([]);
    expect(places.length).toBeGreaterThan(200);
  });

  it.each(replacements)('is taken, or told with a position, where any value %s', (_, replacement) => {
    const wrong = places.flatMap((path) => {
      const given = exchanged(smallGroup(), path, replacement) as ReturnType<typeof smallGroup>;
      return judge(given).map((verdict) => `${path.join('.')}: ${verdict}`);
    });
    expect(wrong).toEqual([]);
  });
});

function judge(given: ReturnType<typeof smallGroup>): readonly string[] {
  const told = tellOrThrow(given);
  if (typeof told === 'string') return [told];
  return told.filter(({ position }) => position === undefined).map(({ detail }) => `without a position: ${detail}`);
}

function tellOrThrow(given: ReturnType<typeof smallGroup>): readonly Diagnostic[] | string {
  try {
    return declareAndCompile(given);
  } catch (thrown) {
    return thrown instanceof DeclarationRefused ? thrown.diagnostics : String(thrown);
  }
}
