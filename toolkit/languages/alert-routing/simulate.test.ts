import { describe, expect, it } from 'vitest';
import { parseAlertmanager } from './parse-alertmanager.ts';
import { parseSilence } from './silence.ts';
import { simulate } from './simulate.ts';

const { config } = parseAlertmanager({
  route: {
    receiver: 'all',
    group_by: ['site'],
    routes: [
      { receiver: 'ops', matchers: ['team="ops"'], continue: true, active_time_intervals: ['office'] },
      { receiver: 'night', matchers: ['team="ops"'], mute_time_intervals: ['office'] },
    ],
  },
  receivers: [
    { name: 'all', webhook_configs: [{ url: 'http://127.0.0.1:1' }] },
    { name: 'ops', webhook_configs: [{ url: 'http://127.0.0.1:1' }], email_configs: [{ to: 'a@b' }] },
    { name: 'night', webhook_configs: [{ url: 'http://127.0.0.1:1' }] },
  ],
  inhibit_rules: [
    { source_matchers: ['alertname="SwitchDown"'], target_matchers: ['alertname="HostDown"'], equal: ['site'] },
  ],
  time_intervals: [{ name: 'office', time_intervals: [{ times: [{ start_time: '08:00', end_time: '17:00' }] }] }],
});
const noon = Temporal.Instant.from('2026-03-02T12:00:00Z').epochMilliseconds;
const evening = Temporal.Instant.from('2026-03-02T20:00:00Z').epochMilliseconds;

describe('simulate', () => {
  it('a storm becomes few messages', () => {
    const hosts = Array.from({ length: 500 }, (_, index) => ({ alertname: 'HostDown', site: 'x', item: `h${index}` }));
    const others = [
      { alertname: 'SwitchDown', site: 'x' },
      { alertname: 'HostDown', site: 'y' },
    ];
    const { alerts, groups, notifications } = simulate(config, { firing: [...hosts, ...others], atMs: noon });
    expect(alerts.filter(({ inhibition }) => inhibition !== null).length).toBe(500);
    expect(groups.map(({ key, alerts: inside, told }) => [key, inside.length, told])).toEqual([
      ['{}:{site="x"}', 501, [500]],
      ['{}:{site="y"}', 1, [501]],
    ]);
    expect(notifications).toBe(2);
  });

  it.each([
    {
      name: 'in office hours',
      atMs: noon,
      told: ['ops'],
      quiet: [null, { kind: 'muted', interval: 'office' }],
      counts: { ops: 2 },
    },
    {
      name: 'in the evening',
      atMs: evening,
      told: ['night'],
      quiet: [{ kind: 'not-active', intervals: ['office'] }, null],
      counts: { night: 1 },
    },
  ])('routes are silent by the hour: $name', ({ atMs, told, quiet, counts }) => {
    const simulation = simulate(config, { firing: [{ team: 'ops' }], atMs });
    expect(simulation.alerts.map((alert) => alert.told)).toEqual([told]);
    expect(simulation.groups.map((group) => group.quiet)).toEqual(quiet);
    expect(Object.fromEntries(simulation.notificationsByReceiver)).toEqual(counts);
  });

  it('what is silenced is told to nobody and says by what', () => {
    const { silence } = parseSilence({
      ...{ id: 's1', matchers: ['site="x"'], owner: 'o', reason: 'r', changeId: 'c' },
      ...{ startsAt: '2026-03-02T00:00:00Z', endsAt: '2026-03-02T13:00:00Z' },
    });
    const firing = [{ site: 'x' }, { site: 'y' }];
    const state = (atMs: number) =>
      simulate(config, { firing, atMs, silences: [silence] }).alerts.map(({ told, silencedBy }) => [
        told,
        silencedBy.map(({ id }) => id),
      ]);
    expect(state(noon)).toEqual([
      [[], ['s1']],
      [['all'], []],
    ]);
    expect(state(evening)).toEqual([
      [['all'], []],
      [['all'], []],
    ]);
  });

  it('a receiver that two equal routes name may be told twice', () => {
    const route = { receiver: 'all', matchers: ['team="ops"'], continue: true };
    const doubled = parseAlertmanager({
      route: { receiver: 'all', routes: [route, route] },
      receivers: [{ name: 'all', webhook_configs: [{ url: 'http://127.0.0.1:1' }] }],
    });
    const simulation = simulate(doubled.config, { firing: [{ team: 'ops' }], atMs: noon });
    expect([simulation.groups.length, simulation.notifications]).toEqual([2, 2]);
  });
});
