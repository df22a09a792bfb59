import { describe, expect, it } from 'vitest';
import { labelsRead, readRoutes, routesTaken } from './routes.ts';

const tree = {
  receiver: 'all',
  routes: [
    { receiver: 'tenant', matchers: ['tenant="mes"'], continue: true },
    {
      receiver: 'ops',
      matchers: ['team="ops"'],
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
    expect(routesTaken(root, { team: 'ops' })).toMatchObject([{ receiver: 'a', isTimed: false }]);
  });
});

describe('readRoutes', () => {
  it('a matcher that cannot be read is told, and its route takes nothing', () => {
    const { root, problems } = readRoutes({ receiver: 'a', routes: [{ receiver: 'b', matchers: ['team=~"("'] }] });
    expect(problems).toEqual(['"team=~\\"(\\"" is no matcher.']);
    expect(routesTaken(root, { team: '(' }).map(({ receiver }) => receiver)).toEqual(['a']);
  });

  it('what is no route reads as one that tells nobody', () => {
    expect(readRoutes('nonsense').root).toMatchObject({ receiver: '', routes: [] });
  });
});

it('labelsRead gives the labels of all depths', () => {
  expect([...labelsRead(readRoutes(tree).root)].sort()).toEqual(['severity', 'site', 'team', 'tenant']);
});
