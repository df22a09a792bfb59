import { expect, it } from 'vitest';
import { type ApiMatcher, fromApiSilence, parseAlertmanager, simulate } from '../../languages/alert-routing/index.ts';
import { defineStack, items, type JsonValue, type Resource, type StackDeclaration } from '../../model/index.ts';
import { hostAlerts, sampleGroup, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';
import { noHomes } from '../homes.ts';
import { silenceCompiler } from './index.ts';

const terms = {
  until: '2026-11-29T02:00:00+08:00',
  reason: 'Disks are replaced.',
  owner: 'plant-ops',
  change: 'CHG-1042',
} as const;

function compiled(change: (plant: StackDeclaration) => StackDeclaration) {
  const { resources, diagnostics } = compileGroup(
    sampleGroup({ stacks: sampleStacks(change) }),
    noHomes,
    null,
    silenceCompiler,
  );
  return { silences: resources.filter(({ type }) => type === 'alertmanager-silence'), diagnostics };
}

function matchersIn({ spec }: Resource): readonly string[] {
  const matchers = spec.matchers as unknown as readonly Record<string, JsonValue>[];
  return matchers.map(({ name, value, isRegex, isEqual }) => {
    return `${String(name)}${isEqual === true ? '=' : '!'}${isRegex === true ? '~' : ''}${String(value)}`;
  });
}

it('a silence of items is one at the control point, and one at each tier that is told of its alerts', () => {
  const { silences, diagnostics } = compiled((plant) => plant.silence(items.where({ class: 'host' }), terms));
  expect(diagnostics).toEqual([]);
  expect(
    silences.map(({ address, spec, dependsOn, owner, target }) => ({ address, spec, dependsOn, owner, target })),
  ).toEqual(
    [
      'hq/alertmanager-silence/plant-chg-1042',
      'plant/alertmanager-silence/chg-1042',
      'region/alertmanager-silence/plant-chg-1042',
    ].map((address) => ({
      address,
      spec: {
        id: address,
        matchers: [
          { name: 'stack', value: 'plant', isRegex: false, isEqual: true },
          { name: 'item', value: 'host-1|host-2', isRegex: true, isEqual: true },
        ],
        endsAt: '2026-11-28T18:00:00.000Z',
        owner: 'plant-ops',
        reason: 'Disks are replaced.',
        change: 'CHG-1042',
      },
      dependsOn: [`${address.split('/')[0]}/alertmanager-config/main`],
      owner: 'plant-ops',
      target: 'alertmanager',
    })),
  );
});

it('it says in words whom it keeps from hearing what', () => {
  const { silences } = compiled((plant) => plant.silence(items.where({ id: 'host-1' }), terms));
  const [above, own] = silences.map(({ derivation }) =>
    derivation.map(({ kind, subject, text }) => [kind, subject, text]),
  );
  expect(own?.at(-1)).toEqual([
    'silence',
    'CHG-1042',
    expect.stringMatching(
      /^until 2026-11-29T02:00:00\+08:00 nobody is told of .+ \(critical\), .+ and \d+ more, \d+ of them critical, of 1 item \(CHG-1042, plant-ops\)$/,
    ),
  ]);
  expect(above?.[1]).toEqual([
    'tier-rule',
    'L1',
    'Alerts of plant are told at hq too, so they are silent there as well.',
  ]);
});

it('of some alerts only, those that escalate are silent above under their own name', () => {
  const { silences } = compiled((plant) =>
    plant.silence(items.where({ id: 'host-1' }), { ...terms, alerts: [hostAlerts.memoryShort, hostAlerts.cpuBusy] }),
  );
  const plain = ['stack=plant', 'item=host-1', 'alertname=~HostCpuBusy|HostMemoryShort'];
  const escalated = ['stack=plant', 'item=host-1', 'alert=~HostCpuBusy|HostMemoryShort', 'escalated!'];
  expect(silences.map((silence) => [silence.address, matchersIn(silence)])).toEqual([
    ['hq/alertmanager-silence/plant-chg-1042', plain],
    ['hq/alertmanager-silence/plant-chg-1042-escalated', escalated],
    ['plant/alertmanager-silence/chg-1042', plain],
    ['region/alertmanager-silence/plant-chg-1042', plain],
    ['region/alertmanager-silence/plant-chg-1042-escalated', escalated],
  ]);
});

it('labels are taken as they are written, and only of alerts of the control point', () => {
  const { silences } = compiled((plant) =>
    plant.silence(
      {
        severity: 'warning',
        mountpoint: { matching: '/data.*' },
        item: { not: 'host-2' },
        tenant: { notMatching: 'x|y' },
      },
      { ...terms, from: '2026-11-28T22:00:00+08:00', name: 'disks' },
    ),
  );
  expect(silences.map(({ address }) => address)).toEqual([
    'hq/alertmanager-silence/plant-chg-1042-disks',
    'plant/alertmanager-silence/chg-1042-disks',
    'region/alertmanager-silence/plant-chg-1042-disks',
  ]);
  expect(silences[1] && matchersIn(silences[1])).toEqual([
    'stack=plant',
    'severity=warning',
    'mountpoint=~/data.*',
    'item!host-2',
    'tenant!~x|y',
  ]);
  expect(silences[1]?.spec.startsAt).toBe('2026-11-28T14:00:00.000Z');
});

it.each<{ name: string; change: (plant: StackDeclaration) => StackDeclaration; codes: readonly string[] }>([
  {
    name: 'a silence that ends before it begins',
    change: (plant) => plant.silence({ alertname: 'HostDown' }, { ...terms, from: '2026-11-29T02:00:00+08:00' }),
    codes: ['silence/ends-before-it-begins'],
  },
  {
    name: 'two of one change that nothing tells apart',
    change: (plant) => plant.silence({ alertname: 'HostDown' }, terms).silence({ alertname: 'HostCpuBusy' }, terms),
    codes: ['silence/declared-twice'],
  },
  {
    name: 'an owner that nobody knows',
    change: (plant) => plant.silence({ alertname: 'HostDown' }, { ...terms, owner: 'plant-opps' }),
    codes: ['compile/unknown-reference'],
  },
  {
    name: 'a selection of nothing',
    change: (plant) => plant.silence(items.where({ id: 'host-99' }), terms),
    codes: ['compile/matches-nothing'],
  },
  {
    name: 'labels that no alert has',
    change: (plant) => plant.silence({ alertname: 'HostDwon' }, terms),
    codes: ['silence/hides-nothing'],
  },
  {
    name: 'alerts of another control point',
    change: (plant) => plant.silence({ stack: 'hq' }, terms),
    codes: ['silence/hides-nothing'],
  },
  {
    name: 'all of the control point, its Watchdog too',
    change: (plant) => plant.silence({ site: 'plant' }, terms),
    codes: ['silence/hides-watchdog'],
  },
  {
    name: 'a pattern that RE2 does not read',
    change: (plant) => plant.silence({ alertname: { matching: '(' } }, terms),
    codes: ['silence/bad-pattern'],
  },
])('$name is told where it stands', ({ change, codes }) => {
  const { silences, diagnostics } = compiled(change);
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(diagnostics[0]?.position?.file).toMatch(/silences\.test\.ts$/);
  expect(silences).toEqual([]);
});

it.each([
  { name: 'no label at all', of: {}, terms, message: /at least one label/ },
  { name: 'no end', of: { alertname: 'X' }, terms: { ...terms, until: undefined }, message: /terms\.until/ },
  {
    name: 'an end without its offset',
    of: { alertname: 'X' },
    terms: { ...terms, until: '2026-11-29T02:00' },
    message: /offset/,
  },
  {
    name: 'a change of two words',
    of: { alertname: 'X' },
    terms: { ...terms, change: 'my change' },
    message: /CHG-1042/,
  },
  { name: 'a label with a dash', of: { 'alert-name': 'X' }, terms, message: /names of labels/ },
])('$name is refused where it is written', ({ of, terms: given, message }) => {
  const stack = defineStack({ name: 'plant', tier: 'L3', site: 'plant', team: 'plant-ops' });
  expect(() => stack.silence(of as never, given as never)).toThrow(message);
});

it.each([
  { name: 'nobody is told at the plant', at: 'plant', labels: {}, told: [] },
  { name: 'nor at headquarters', at: 'hq', labels: {}, told: [] },
  {
    name: 'nor of what escalates to the region',
    at: 'region',
    labels: { alertname: 'EscalatedToL2', alert: 'HostMemoryShort', escalated: 'L2' },
    told: [],
  },
  { name: 'another item is told of', at: 'plant', labels: { item: 'host-2' }, told: ['plant-ops-warning'] },
  { name: 'another alert too', at: 'plant', labels: { alertname: 'HostCpuBusy' }, told: ['plant-ops-warning'] },
  { name: 'and both again when it is over', at: 'hq', labels: {}, after: true, told: ['hq-ops-warning'] },
])('the simulator knows it: $name', ({ at, labels, after = false, told }) => {
  const alerts = [hostAlerts.memoryShort];
  const stacks = sampleStacks((plant) =>
    plant.silence(items.where({ id: 'host-1' }), { ...terms, from: '2026-11-28T22:00:00+08:00', alerts }),
  );
  const { resources } = compileGroup(sampleGroup({ stacks }), noHomes, null, silenceCompiler);
  const of = (type: string) => resources.filter(({ address }) => address.startsWith(`${at}/${type}/`));
  const { config } = parseAlertmanager(of('alertmanager-config')[0]?.spec.config ?? {});
  const silences = of('alertmanager-silence').map(({ spec }) =>
    fromApiSilence({
      matchers: spec.matchers as unknown as readonly ApiMatcher[],
      startsAt: String(spec.startsAt),
      endsAt: String(spec.endsAt),
      createdBy: String(spec.owner),
      comment: `${String(spec.change)}: ${String(spec.reason)}`,
    }),
  );
  const firing = {
    ...{ stack: 'plant', tier: 'L3', site: 'plant', team: 'plant-ops', item: 'host-1', severity: 'warning' },
    ...{ alertname: 'HostMemoryShort', ...labels },
  };
  const atMs = Date.parse(after ? '2026-11-29T02:00:01+08:00' : '2026-11-29T01:00:00+08:00');
  expect(simulate(config, { firing: [firing], atMs, silences }).alerts[0]?.told).toEqual(told);
});
