import { describe, expect, it } from 'vitest';
import { readRoutes } from './parse-alertmanager.ts';
import { labelsRead, routeAlert, routesTaken } from './route-alert.ts';

const tree = {
  receiver: 'all',
  group_by: ['alertname', 'site'],
  routes: [
    { receiver: 'tenant', matchers: ['tenant="mes"'], continue: true, group_by: ['...'] },
    {
      receiver: 'ops',
      matchers: ['team="ops"'],
      group_wait: '1m',
      routes: [
        { receiver: 'ops-night', matchers: ['severity="critical"'] },
        { matchers: ['severity="warning"'], active_time_intervals: ['office'] },
      ],
    },
    { receiver: 'second', match: { team: 'ops' } },
    { receiver: 'older', match: { team: 'old' }, match_re: { site: 'plant-.*' } },
  ],
};

describe('routesTaken', () => {
  it.each([
    { name: 'an alert that no child takes is told by the root', labels: { team: 'dev' }, told: ['all'] },
    { name: 'the first child that takes an alert ends the search', labels: { team: 'ops' }, told: ['ops'] },
    {
      name: 'a deeper route goes before its parent',
      labels: { team: 'ops', severity: 'critical' },
      told: ['ops-night'],
    },
    {
      name: 'a child without a receiver has its parent’s',
      labels: { team: 'ops', severity: 'warning' },
      told: ['ops'],
    },
    {
      name: 'a route that continues lets its siblings tell too',
      labels: { team: 'ops', tenant: 'mes' },
      told: ['tenant', 'ops'],
    },
    {
      name: 'a route that continues alone keeps the root silent',
      labels: { team: 'dev', tenant: 'mes' },
      told: ['tenant'],
    },
    { name: 'match and match_re must both hold', labels: { team: 'old', site: 'plant-1' }, told: ['older'] },
    { name: 'match_re is anchored', labels: { team: 'old', site: 'a-plant-1' }, told: ['all'] },
  ])('$name', ({ labels, told }) => {
    expect(routesTaken(readRoutes(tree).root, labels).map(({ receiver }) => receiver)).toEqual(told);
  });

  it('hours are not inherited', () => {
    const { root } = readRoutes({
      receiver: 'a',
      mute_time_intervals: ['night'],
      routes: [{ matchers: ['team="ops"'] }],
    });
    expect(root.isTimed).toBe(true);
    expect(routesTaken(root, { team: 'ops' })).toMatchObject([{ receiver: 'a', isTimed: false, muteIntervals: [] }]);
  });
});

describe('routeAlert', () => {
  it('gives the groups and the times of each route, with what it inherits', () => {
    const labels = { alertname: 'Down', site: 'x', tenant: 'mes', team: 'ops', severity: 'critical' };
    const told = routeAlert(readRoutes(tree).root, labels).map(({ route, groupLabels, groupKey }) => ({
      pointer: route.pointer,
      waits: [route.groupWaitMs, route.groupIntervalMs, route.repeatIntervalMs],
      groupLabels,
      groupKey,
    }));
    expect(told).toEqual([
      {
        pointer: '/route/routes/0',
        waits: [30_000, 300_000, 14_400_000],
        groupLabels: labels,
        groupKey: '{}/{tenant="mes"}:{alertname="Down", severity="critical", site="x", team="ops", tenant="mes"}',
      },
      {
        pointer: '/route/routes/1/routes/0',
        waits: [60_000, 300_000, 14_400_000],
        groupLabels: { alertname: 'Down', site: 'x' },
        groupKey: '{}/{team="ops"}/{severity="critical"}:{alertname="Down", site="x"}',
      },
    ]);
  });

  it.each([
    { name: 'a label that the alert lacks is left out', groupBy: ['site', 'rack'], labels: { site: 'x' } },
    { name: 'an empty list inherits in 0.25', groupBy: [], labels: { alertname: 'Down' } },
    { name: 'an empty list makes one group in newer releases', groupBy: [], release: '0.34' as const, labels: {} },
    { name: 'a child takes grouping by all back', groupBy: ['site'], above: ['...'], labels: { site: 'x' } },
  ])('$name', ({ groupBy, above = ['alertname'], release = '0.25' as const, labels }) => {
    const routes = [{ matchers: ['site="x"'], group_by: groupBy }];
    const { root } = readRoutes({ receiver: 'a', group_by: above, routes }, release);
    expect(routeAlert(root, { alertname: 'Down', site: 'x' }).map(({ groupLabels }) => groupLabels)).toEqual([labels]);
  });
});

describe('readRoutes', () => {
  it('a matcher that cannot be read is told, and its route takes nothing', () => {
    const { root, problems } = readRoutes({ receiver: 'a', routes: [{ receiver: 'b', matchers: ['team=~"("'] }] });
    expect(problems).toEqual(['"(" is no pattern of RE2: it does not close a group.']);
    expect(routesTaken(root, { team: '(' }).map(({ receiver }) => receiver)).toEqual(['a']);
  });

  it('what is no route reads as one that tells nobody', () => {
    expect(readRoutes('nonsense').root).toMatchObject({ receiver: '', routes: [] });
  });
});

it('labelsRead gives the labels of all depths', () => {
  expect([...labelsRead(readRoutes(tree).root)].sort()).toEqual(['severity', 'site', 'team', 'tenant']);
});
