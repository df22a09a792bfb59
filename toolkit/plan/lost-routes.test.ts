import { expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { lostRoutes } from './lost-routes.ts';

const warned = (fields: JsonObject = {}): JsonObject => ({
  receiver: 'ops-warning',
  matchers: ['severity="warning"'],
  ...fields,
});
const configOf = (...routes: readonly JsonObject[]): JsonObject => ({ config: { route: { receiver: 'ops', routes } } });
const office = { active_time_intervals: ['hours-office'] };
const times = (end: string): JsonObject => ({
  time_intervals: [{ name: 'hours-office', time_intervals: [{ times: [{ start_time: '08:00', end_time: end }] }] }],
});
const within = (end: string, ...routes: readonly JsonObject[]): JsonObject => ({
  config: { route: { receiver: 'ops', routes }, ...times(end) },
});

it.each<{ name: string; before: JsonObject; after: JsonObject; lost: readonly string[] }>([
  {
    name: 'that a route is told at some hours only',
    before: configOf(warned()),
    after: configOf(warned(office)),
    lost: ['the route severity="warning" tells ops-warning during hours-office only'],
  },
  {
    name: 'that a route is told at other hours',
    before: configOf(warned(office)),
    after: configOf(warned({ active_time_intervals: ['hours-shift'] })),
    lost: ['the route severity="warning" tells ops-warning during hours-shift only instead of hours-office'],
  },
  {
    name: 'that a route is mute at times',
    before: configOf(warned()),
    after: configOf(warned({ mute_time_intervals: ['nights'] })),
    lost: ['the route severity="warning" does not tell ops-warning during nights'],
  },
  { name: 'nothing of hours that end', before: configOf(warned(office)), after: configOf(warned()), lost: [] },
  {
    name: 'that hours mean other times',
    before: within('18:00', warned(office)),
    after: within('12:00', warned(office)),
    lost: ['what waits for hours-office is told at other times'],
  },
  {
    name: 'nothing of hours that no route waits for',
    before: within('18:00', warned()),
    after: within('12:00', warned()),
    lost: [],
  },
  {
    name: 'nothing of somebody who hears the same besides',
    before: configOf(warned({ continue: true })),
    after: configOf(warned({ continue: true }), warned({ receiver: 'audit' })),
    lost: [],
  },
  {
    name: 'a route that goes with all below it, once',
    before: configOf(warned({ routes: [{ receiver: 'a', matchers: ['x="1"'] }] })),
    after: configOf(),
    lost: ['the route severity="warning" to ops-warning is dropped'],
  },
])('tells $name', ({ before, after, lost }) => {
  expect(lostRoutes(before, after)).toEqual(lost);
});

it('reads routes in a cluster alike', () => {
  const inCluster = (fields: JsonObject): JsonObject => {
    const matchers = [{ name: 'severity', matchType: '=', value: 'warning' }];
    return {
      kind: 'AlertmanagerConfig',
      spec: { route: { receiver: 'ops', routes: [{ receiver: 'ops', matchers, ...fields }] } },
    };
  };
  expect(lostRoutes(inCluster({}), inCluster({ activeTimeIntervals: ['hours-office'] }))).toEqual([
    'the route severity="warning" tells ops during hours-office only',
  ]);
  expect(lostRoutes(inCluster({}), inCluster({ receiver: 'void' }))).toEqual([
    'the route severity="warning" goes to void instead of ops',
  ]);
});
