import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAlertmanager } from './parse-alertmanager.ts';
import { longestQuietMs, quietStretches, stretchesInside } from './quiet-stretches.ts';
import { isWithin, type NamedTimeInterval } from './time-intervals.ts';

function named(intervals: readonly object[]): NamedTimeInterval {
  const { config, findings } = parseAlertmanager({
    route: { receiver: 'a' },
    receivers: [{ name: 'a' }],
    time_intervals: [{ name: 'x', time_intervals: intervals }],
  });
  expect(findings.filter(({ weight }) => weight === 'refused')).toEqual([]);
  const [interval] = config.timeIntervals;
  if (interval === undefined) throw new Error('Bug: the interval was not read.');
  return interval;
}

const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;

describe('isWithin', () => {
  it.each([
    {
      name: 'the first minute is inside',
      interval: { times: [{ start_time: '08:00', end_time: '17:00' }] },
      moment: '2026-03-02T08:00[UTC]',
      inside: true,
    },
    {
      name: 'the last minute is not',
      interval: { times: [{ start_time: '08:00', end_time: '17:00' }] },
      moment: '2026-03-02T17:00[UTC]',
      inside: false,
    },
    {
      name: 'a day ends at 24:00',
      interval: { times: [{ start_time: '22:00', end_time: '24:00' }] },
      moment: '2026-03-02T23:59:59[UTC]',
      inside: true,
    },
    {
      name: 'hours are those of the zone',
      interval: { times: [{ start_time: '08:00', end_time: '17:00' }], location: 'Asia/Shanghai' },
      moment: '2026-03-02T08:30[Asia/Shanghai]',
      inside: true,
    },
    {
      name: 'weekdays are those of the zone',
      interval: { weekdays: ['monday'], location: 'Asia/Shanghai' },
      moment: '2026-03-01T20:00[UTC]',
      inside: true,
    },
    {
      name: 'Sunday begins the week',
      interval: { weekdays: ['sunday:tuesday'] },
      moment: '2026-03-01T00:00[UTC]',
      inside: true,
    },
    {
      name: 'the last day of a month is -1',
      interval: { days_of_month: ['-1'] },
      moment: '2026-02-28T12:00[UTC]',
      inside: true,
    },
    {
      name: 'a range reaches from a day to the end',
      interval: { days_of_month: ['27:-1'] },
      moment: '2028-02-29T12:00[UTC]',
      inside: true,
    },
    {
      name: 'a day that the month lacks is not moved',
      interval: { days_of_month: ['31'] },
      moment: '2026-04-30T12:00[UTC]',
      inside: false,
    },
    {
      name: 'months have names and numbers',
      interval: { months: ['may:june', '11'] },
      moment: '2026-11-02T12:00[UTC]',
      inside: true,
    },
    { name: 'years are a range', interval: { years: ['2024:2025'] }, moment: '2026-01-01T00:00[UTC]', inside: false },
    {
      name: 'all fields have to hold',
      interval: { weekdays: ['monday'], months: ['may'] },
      moment: '2026-03-02T12:00[UTC]',
      inside: false,
    },
    { name: 'an interval without fields is always', interval: {}, moment: '2026-03-02T12:00[UTC]', inside: true },
    { name: 'an empty list holds never', interval: { weekdays: [] }, moment: '2026-03-02T12:00[UTC]', inside: false },
  ])('$name', ({ interval, moment, inside }) => {
    expect(isWithin(named([interval]), at(moment))).toBe(inside);
  });

  it('a month that loses an hour has a day less, as Alertmanager counts', () => {
    const last = named([{ days_of_month: ['-1'], location: 'Europe/Berlin' }]);
    const days = [
      '2026-03-30T12:00[Europe/Berlin]',
      '2026-03-31T12:00[Europe/Berlin]',
      '2026-10-31T12:00[Europe/Berlin]',
    ];
    expect(days.map((day) => isWithin(last, at(day)))).toEqual([true, false, true]);
  });
});

const minute = fc.integer({ min: 0, max: 1440 });
const clock = (value: number) =>
  `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
const randomInterval = fc.record(
  {
    times: fc.array(
      fc
        .tuple(minute, minute)
        .filter(([start, end]) => start < end)
        .map(([start, end]) => ({ start_time: clock(start), end_time: clock(end) })),
      { maxLength: 2 },
    ),
    weekdays: fc.constantFrom(['monday:friday'], ['sunday', 'saturday'], ['wednesday']),
    days_of_month: fc.constantFrom(['1:10'], ['-3:-1'], ['25:-1']),
    location: fc.constantFrom('UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'),
  },
  { requiredKeys: [] },
);

describe('stretchesInside', () => {
  const span = { startMs: at('2026-03-20T07:13[UTC]'), endMs: at('2026-04-10T00:00[UTC]') };

  it('says of every moment what isWithin says, also where clocks change', () => {
    const moments = fc.array(fc.integer({ min: span.startMs, max: span.endMs - 1 }), { minLength: 20, maxLength: 20 });
    const property = fc.property(fc.array(randomInterval, { maxLength: 2 }), moments, (intervals, tried) => {
      const interval = named(intervals);
      const stretches = stretchesInside(interval, span);
      for (const moment of tried) {
        const isInside = stretches.some(({ startMs, endMs }) => moment >= startMs && moment < endMs);
        expect({ moment, isInside }).toEqual({ moment, isInside: isWithin(interval, moment) });
      }
    });
    fc.assert(property, { numRuns: 60 });
  });
});

describe('quietStretches', () => {
  const week = { startMs: at('2026-03-02T00:00[UTC]'), endMs: at('2026-03-09T00:00[UTC]') };
  const office = { weekdays: ['monday:friday'], times: [{ start_time: '08:00', end_time: '17:00' }] };
  const hours = (from: string, to: string) => ({ startMs: at(`${from}[UTC]`), endMs: at(`${to}[UTC]`) });
  const configOf = (route: object) =>
    parseAlertmanager({
      route: { receiver: 'a', routes: [route] },
      receivers: [{ name: 'a' }],
      time_intervals: [
        { name: 'office', time_intervals: [office] },
        { name: 'lunch', time_intervals: [{ times: [{ start_time: '12:00', end_time: '13:00' }] }] },
        { name: 'never', time_intervals: [] },
      ],
    }).config;

  it.each([
    { name: 'a route without intervals is never silent', route: {}, longest: 0 },
    { name: 'a muted route waits for the end of the interval', route: { mute_time_intervals: ['lunch'] }, longest: 1 },
    {
      name: 'what can wait for office hours waits over the weekend',
      route: { active_time_intervals: ['office'] },
      longest: 55,
    },
    {
      name: 'both together add up',
      route: { active_time_intervals: ['office'], mute_time_intervals: ['lunch'] },
      longest: 55,
    },
    {
      name: 'a route that is never active waits without end',
      route: { active_time_intervals: ['never'] },
      longest: Number.POSITIVE_INFINITY,
    },
  ])('$name', ({ route, longest }) => {
    const config = configOf({ matchers: ['team="x"'], ...route });
    expect(longestQuietMs(config.root.routes[0]!, config, week) / 3_600_000).toBe(longest);
  });

  it('gives them in order', () => {
    const config = configOf({
      matchers: ['team="x"'],
      active_time_intervals: ['office'],
      mute_time_intervals: ['lunch'],
    });
    const day = { startMs: week.startMs, endMs: at('2026-03-03T00:00[UTC]') };
    expect(quietStretches(config.root.routes[0]!, config, day)).toEqual([
      hours('2026-03-02T00:00', '2026-03-02T08:00'),
      hours('2026-03-02T12:00', '2026-03-02T13:00'),
      hours('2026-03-02T17:00', '2026-03-03T00:00'),
    ]);
  });
});
