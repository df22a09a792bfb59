import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomConfig, randomLabels } from '../../../test/support/random-routing.ts';
import { findShadowedRoutes } from './find-shadowed-routes.ts';
import { allRoutes, findIdleRoutes, findUnrouted, findUnused } from './find-unused.ts';
import { parseAlertmanager, readRoutes } from './parse-alertmanager.ts';
import { routesTaken } from './route-alert.ts';

const ops = { matchers: ['team="ops"'] };

describe('findShadowedRoutes', () => {
  it.each([
    { name: 'routes that differ are all reached', routes: [ops, { matchers: ['team="dev"'] }], found: [] },
    {
      name: 'an equal route comes too late',
      routes: [ops, ops],
      found: ['/route/routes/1 shadowed by /route/routes/0'],
    },
    {
      name: 'a narrower route comes too late',
      routes: [ops, { matchers: ['team="ops"', 'site="x"'] }],
      found: ['/route/routes/1 shadowed by /route/routes/0'],
    },
    { name: 'a wider route may come later', routes: [{ matchers: ['team="ops"', 'site="x"'] }, ops], found: [] },
    { name: 'a route that continues shadows nothing', routes: [{ ...ops, continue: true }, ops], found: [] },
    {
      name: 'a pattern that accepts the value shadows it',
      routes: [{ matchers: ['team=~"o.*"'] }, ops],
      found: ['/route/routes/1 shadowed by /route/routes/0'],
    },
    {
      name: 'a route without matchers takes all that follows',
      routes: [{}, ops],
      found: ['/route/routes/1 shadowed by /route/routes/0'],
    },
    {
      name: 'several routes can shadow one together',
      routes: [ops, { matchers: ['team="dev"'] }, { matchers: ['team=~"ops|dev"'] }],
      found: ['/route/routes/2 shadowed by /route/routes/0, /route/routes/1'],
    },
    {
      name: 'what stands before a parent shadows its children',
      routes: [{ matchers: ['site="x"'] }, { matchers: ['team="ops"'], routes: [{ matchers: ['site="x"'] }] }],
      found: ['/route/routes/1/routes/0 shadowed by /route/routes/0'],
    },
    {
      name: 'a child that contradicts its parent is never reached',
      routes: [{ matchers: ['team="ops"'], routes: [{ matchers: ['team="dev"'] }] }],
      found: ['/route/routes/0/routes/0 contradiction on team'],
    },
    {
      name: 'a route that excludes its own value is never reached',
      routes: [{ matchers: ['team="ops"', 'team!~"o.."'] }],
      found: ['/route/routes/0 contradiction on team'],
    },
    {
      name: 'an equal negation shadows',
      routes: [{ matchers: ['team!="ops"'] }, { matchers: ['team!="ops"', 'site="x"'] }],
      found: ['/route/routes/1 shadowed by /route/routes/0'],
    },
  ])('$name', ({ routes, found }) => {
    const shadowed = findShadowedRoutes(readRoutes({ receiver: 'a', routes }).root).map(({ route, because }) =>
      because.kind === 'contradiction'
        ? `${route.pointer} contradiction on ${because.label}`
        : `${route.pointer} shadowed by ${because.by.map(({ pointer }) => pointer).join(', ')}`,
    );
    expect(shadowed).toEqual(found);
  });

  it('no alert ever takes what it finds', () => {
    const property = fc.property(
      randomConfig,
      fc.array(randomLabels, { minLength: 50, maxLength: 50 }),
      (random, alerts) => {
        const { root } = parseAlertmanager(random).config;
        const shadowed = new Set(findShadowedRoutes(root).flatMap(({ route }) => allRoutes(route)));
        const taken = alerts.flatMap((labels) => routesTaken(root, labels)).filter((route) => shadowed.has(route));
        expect(taken.map(({ pointer }) => pointer)).toEqual([]);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});

describe('what nothing uses', () => {
  const { config } = parseAlertmanager({
    route: {
      receiver: 'a',
      routes: [
        {
          ...ops,
          receiver: 'b',
          mute_time_intervals: ['night'],
          routes: [{ matchers: ['site="x"'] }, { matchers: ['site="y"'] }],
        },
        { matchers: ['team="gone"'], routes: [{ matchers: ['site="x"'] }] },
      ],
    },
    receivers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    time_intervals: [
      { name: 'night', time_intervals: [{}] },
      { name: 'day', time_intervals: [{}] },
    ],
  });

  it('findUnused names receivers and intervals that no route names', () => {
    const { receivers, timeIntervals } = findUnused(config);
    expect([receivers, timeIntervals].map((parts) => parts.map(({ pointer }) => pointer))).toEqual([
      ['/receivers/2'],
      ['/time_intervals/1'],
    ]);
  });

  it('findIdleRoutes names routes that tell none of the known alerts, without what is below them', () => {
    const alerts = [{ team: 'ops', site: 'x' }, { team: 'dev' }];
    expect(findIdleRoutes(config.root, alerts).map(({ pointer }) => pointer)).toEqual([
      '/route/routes/0/routes/1',
      '/route/routes/1',
    ]);
    expect(findUnrouted(config.root, alerts)).toEqual([{ team: 'dev' }]);
  });
});
