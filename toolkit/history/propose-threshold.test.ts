import { describe, expect, it } from 'vitest';
import type { Calendar } from '../model/index.ts';
import { isInHours } from './calendar-hours.ts';
import { episodesOfStates } from './episodes-of-states.ts';
import { proposeThreshold, quantilesByHour } from './propose-threshold.ts';

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, value) => value);

describe('a threshold from samples', () => {
  it.each([
    {
      name: 'lies above what is normal, with room',
      samples: upTo(100),
      wish: { direction: 'above', quantile: 0.9, headroom: 0.2 },
      proposed: { share: 0.9, found: 90, threshold: 110 },
    },
    {
      name: 'lies below what is normal where low is trouble',
      samples: upTo(100),
      wish: { direction: 'below', quantile: 0.9, headroom: 0.2 },
      proposed: { share: 0.1, found: 10, threshold: 8 },
    },
    {
      name: 'is not pushed on where it is round already',
      samples: [0.7, 0.7],
      wish: { direction: 'above', quantile: 0.99, headroom: 0 },
      proposed: { share: 0.99, found: 0.7, threshold: 0.7 },
    },
    {
      name: 'has its room on the far side also below zero',
      samples: [-10, -10],
      wish: { direction: 'above', quantile: 0.99, headroom: 0.5 },
      proposed: { share: 0.99, found: -10, threshold: -5 },
    },
    {
      name: 'is none without samples',
      samples: [],
      wish: { direction: 'above', quantile: 0.9, headroom: 0 },
      proposed: null,
    },
    {
      name: 'of nothing but zeros is zero',
      samples: [0, 0],
      wish: { direction: 'above', quantile: 0.9, headroom: 0.2 },
      proposed: { share: 0.9, found: 0, threshold: 0 },
    },
  ] as const)('$name', ({ samples, wish, proposed }) => {
    expect(proposeThreshold(samples, wish)).toEqual(proposed);
  });
});

it('quantiles are told by the hours of the place, in zones of half hours too', () => {
  const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
  // A Monday: 3:15 and 3:45 are 8:45 and 9:15 in Kolkata.
  const samples = [
    { atMs: at('2026-11-23T03:15:00Z'), value: 1 },
    { atMs: at('2026-11-23T03:45:00Z'), value: 2 },
  ];
  const [monday = [], ...others] = quantilesByHour(samples, 0.5, 'Asia/Kolkata');
  expect([monday[8], monday[9]]).toEqual([1, 2]);
  expect([...monday, ...others.flat()].filter((value) => value !== null)).toEqual([1, 2]);
});

const maintenance: Calendar = {
  id: 'maintenance',
  title: { en: 'Maintenance', zh: '检修' },
  timeZone: 'Asia/Shanghai',
  hours: [
    { weekdays: ['sunday'], from: '02:00', to: '06:00' },
    { weekdays: ['friday:monday'], from: '22:00', to: '24:00' },
  ],
};

it.each([
  { at: '2026-11-22T02:00:00+08:00', isIn: true },
  { at: '2026-11-22T05:59:00+08:00', isIn: true },
  { at: '2026-11-22T06:00:00+08:00', isIn: false },
  { at: '2026-11-21T02:30:00+08:00', isIn: false },
  { at: '2026-11-23T23:59:00+08:00', isIn: true },
  { at: '2026-11-24T23:59:00+08:00', isIn: false },
])('whether $at is in the hours of a calendar: $isIn', ({ at, isIn }) => {
  expect(isInHours(maintenance, Temporal.Instant.from(at).epochMilliseconds)).toBe(isIn);
});

it('episodes are read off the states that somebody else gave, and cut off at gaps', () => {
  const labels = { __name__: 'ALERTS', alertname: 'Hot', item: 'a' };
  const state = (alertstate: string, timesMs: readonly number[]) => ({
    labels: { ...labels, alertstate },
    timesMs,
    values: timesMs.map(() => 1),
  });
  const episodes = episodesOfStates(
    [state('pending', [10, 20, 60, 90]), state('firing', [30, 40, 100])],
    { fromMs: 0, toMs: 100, stepMs: 10 },
    [{ fromMs: 50, toMs: 60 }],
  );
  const common = { labels: { alertname: 'Hot', item: 'a' }, isEarlier: false };
  expect(episodes).toEqual([
    { ...common, activeAtMs: 10, firedAtMs: 30, endedAtMs: 50, isCutOff: true },
    { ...common, activeAtMs: 60, firedAtMs: null, endedAtMs: 70, isCutOff: false },
    { ...common, activeAtMs: 90, firedAtMs: 100, endedAtMs: null, isCutOff: false },
  ]);
});
