import { type Catalogue, defineSlo, items, type JsonObject, type Team } from 'opsctl';
import { hostAlerts } from 'opsctl/alerts';
import { host } from 'opsctl/cmdb';
import { aCompiledInput, anItem, anOrganisation, aStack, findingsOf } from 'opsctl/testing';
import { describe, expect, it } from 'vitest';
import { routed } from './routed.ts';

const catalogue: Catalogue = {
  classes: [host] as unknown as Catalogue['classes'],
  alerts: [hostAlerts],
  dashboards: [],
};
const group = anOrganisation({ catalogue });
const stacks = [
  aStack('hq'),
  aStack('region-east'),
  aStack('plant-east-1').operate(items.where({ site: 'plant-east-1' })),
];
const pump = anItem({ id: 'pump-1' });
const alerts = 'HostDown, HostMemoryExhausted, HostFilesystemFull, HostFilesystemReadOnly, HostRaidDegraded';
const atPlant = `pump-1: Critical alerts of pump-1 are told to nobody at plant-east-1 (own tier): ${alerts}.`;
const silent = (child: string, place: string) =>
  `error ${child}: Critical alerts of ${child} are told to nobody at ${place}: ControlPointSilent.`;
const silentAtHeadquarters = [silent('plant-east-1', 'hq (L1)'), silent('region-east', 'hq (own tier)')];
const atHeadquarters = `pump-1: Critical alerts of pump-1 are told to nobody at hq (L1): ${alerts}.`;

/** The group with the channels of one team replaced. */
function withChannels(team: string, channels: Team['channels']): typeof group {
  return { ...group, teams: group.teams.map((known) => (known.id === team ? { ...known, channels } : known)) };
}

describe('over compiled routing', () => {
  const webhook = { kind: 'webhook', url: 'https://chat.example' } as const;

  it.each([
    { name: 'an item whose team and L1 have channels passes', organisation: group, findings: [] },
    {
      name: 'a team without a channel fails at its own tier',
      organisation: withChannels('plant-east-1-ops', []),
      findings: [`error ${atPlant}`],
    },
    {
      name: 'a team that is only told of warnings fails',
      organisation: withChannels('plant-east-1-ops', [{ ...webhook, severities: ['warning'] }]),
      findings: [`error ${atPlant}`],
    },
    {
      name: 'headquarters without a channel fails at L1',
      organisation: withChannels('hq-ops', []),
      findings: [...silentAtHeadquarters, `error ${atHeadquarters}`],
    },
    {
      name: 'a region that hears nothing would not hear of a silent plant, and of nothing else',
      organisation: withChannels('region-east-ops', []),
      findings: [silent('plant-east-1', 'region-east (own tier)')],
    },
    {
      name: 'an item of a team that does not belong to the stack passes by the owner’s route',
      organisation: withChannels('plant-east-1-ops', []),
      item: { ...pump, owner: 'region-east-ops' },
      findings: [],
    },
    {
      name: 'an item that is not in service has no alerts',
      organisation: withChannels('hq-ops', []),
      item: { ...pump, stage: 'in-stock' as const },
      findings: silentAtHeadquarters,
    },
    {
      name: 'a stack without an Alertmanager fails',
      organisation: group,
      plant: aStack('plant-east-1', { targets: ['prometheus'] }).operate(items.where({ site: 'plant-east-1' })),
      findings: [`error ${atPlant}`],
    },
  ])('$name', ({ organisation, item = pump, plant, findings }) => {
    const declared = plant === undefined ? stacks : [...stacks.slice(0, 2), plant];
    expect(findingsOf(routed, aCompiledInput({ organisation, items: [item], stacks: declared }))).toEqual(findings);
  });

  const organisation = withChannels('plant-east-1-ops', []);
  const terms = { reason: 'The team is being set up.', approver: 'ops-lead', until: '2027-03-31' };

  it('a waived item is noted', () => {
    const plant = stacks[2]?.waive(items.where({ site: 'plant-east-1' }), routed, terms) ?? aStack('plant-east-1');
    const input = aCompiledInput({ organisation, items: [pump], stacks: [...stacks.slice(0, 2), plant] });
    expect(findingsOf(routed, input)).toEqual([
      `notice ${atPlant} Waived by ops-lead until 2027-03-31: The team is being set up.`,
    ]);
  });

  it('an alert that is waived or tuned away from critical is not asked for', () => {
    const all = items.where({ id: 'pump-1' });
    const plant = (stacks[2] ?? aStack('plant-east-1'))
      .waive(all, hostAlerts.down, terms)
      .waive(all, hostAlerts.raidDegraded, terms)
      .waive(all, hostAlerts.memoryExhausted, terms)
      .waive(all, hostAlerts.filesystemReadOnly, terms)
      .tune(all, hostAlerts.filesystemFull, { severity: 'warning', reason: 'A scratch disk that fills up daily.' });
    expect(
      findingsOf(routed, aCompiledInput({ organisation, items: [pump], stacks: [...stacks.slice(0, 2), plant] })),
    ).toEqual([]);
  });

  it('an alert that is tuned to critical is asked for, for the items that are', () => {
    const item = { ...pump, id: 'pump-2' };
    const plant = (stacks[2] ?? aStack('plant-east-1')).tune(items.where({ id: 'pump-2' }), hostAlerts.cpuBusy, {
      severity: 'critical',
      reason: 'The controller stops when it is late.',
    });
    const input = aCompiledInput({ organisation, items: [pump, item], stacks: [...stacks.slice(0, 2), plant] });
    expect(findingsOf(routed, input)).toEqual([
      `error ${atPlant}`,
      `error ${atPlant.replaceAll('pump-1', 'pump-2').replace('HostDown', 'HostDown, HostCpuBusy')}`,
    ]);
  });
});

describe('over objectives', () => {
  const objective = defineSlo({
    id: 'pump-answers',
    title: { en: 'The pump answers', zh: '水泵可用' },
    service: items.where({ id: 'pump-1' }),
    objective: 0.999,
    window: { rolling: '30d' },
    indicator: { kind: 'timeSlice', of: host, signal: 'up', good: { equals: 1 }, slice: '1m' },
    team: 'region-east-ops',
  });
  const upheld = [...stacks.slice(0, 2), stacks[2]?.uphold(objective) ?? aStack('plant-east-1')];

  it.each([
    { name: 'an objective whose team has a channel passes', organisation: group, missed: [] },
    {
      name: 'one whose team has none is told to nobody at its own tier',
      organisation: withChannels('region-east-ops', []),
      missed: [
        silent('plant-east-1', 'region-east (own tier)'),
        'error pump-1: Critical alerts of pump-1 are told to nobody at plant-east-1 (own tier): SloBudgetBurning, SloBudgetBurning.',
      ],
    },
  ])('$name', ({ organisation, missed }) => {
    expect(findingsOf(routed, aCompiledInput({ organisation, items: [pump], stacks: upheld }))).toEqual(missed);
  });
});

describe('over routes that were changed', () => {
  const compiled = aCompiledInput({ organisation: group, items: [pump], stacks });

  /** The compiled group with the routing tree of the plant replaced. */
  function withRoute(route: JsonObject) {
    const receivers = [
      { name: 'ops', webhook_configs: [{ url: 'https://chat.example' }] },
      { name: 'nobody' },
      { name: 'empty', email_configs: [] },
    ];
    const resources = compiled.resources.map((resource) =>
      resource.address === 'plant-east-1/alertmanager-config/main'
        ? { ...resource, spec: { config: { route, receivers } } }
        : resource,
    );
    return { ...compiled, resources };
  }

  it.each([
    { name: 'a root that tells passes', route: { receiver: 'ops' }, isHeard: true },
    {
      name: 'a root that tells in working hours only fails',
      route: { receiver: 'ops', active_time_intervals: ['office'] },
      isHeard: false,
    },
    { name: 'a receiver without channels fails', route: { receiver: 'empty' }, isHeard: false },
    { name: 'a receiver that does not exist fails', route: { receiver: 'gone' }, isHeard: false },
    {
      name: 'a silent route in front fails',
      route: { receiver: 'ops', routes: [{ receiver: 'nobody', matchers: ['class="host"'] }] },
      isHeard: false,
    },
    {
      name: 'a silent route that continues passes',
      route: { receiver: 'nobody', routes: [{ receiver: 'nobody', continue: true }, { receiver: 'ops' }] },
      isHeard: true,
    },
    {
      name: 'a route for another item fails',
      route: { receiver: 'nobody', routes: [{ receiver: 'ops', matchers: ['item="pump-2"'] }] },
      isHeard: false,
    },
    {
      name: 'a route by severity passes',
      route: { receiver: 'nobody', routes: [{ receiver: 'ops', matchers: ['severity=~"critical|warning"'] }] },
      isHeard: true,
    },
  ])('$name', ({ route, isHeard }) => {
    expect(findingsOf(routed, withRoute(route))).toEqual(isHeard ? [] : [`error ${atPlant}`]);
  });

  it('one alert that is held back is named alone', () => {
    const route = { receiver: 'ops', routes: [{ receiver: 'nobody', matchers: ['alertname="HostRaidDegraded"'] }] };
    expect(findingsOf(routed, withRoute(route))).toEqual([`error ${atPlant.replace(alerts, 'HostRaidDegraded')}`]);
  });
});
