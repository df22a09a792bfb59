import { describe, expect, it } from 'vitest';
import { isWithin, parseAlertmanager } from '../../languages/alert-routing/index.ts';
import { isJsonObject, type JsonObject } from '../../model/index.ts';
import { moveInterval } from './time-intervals.ts';

const hour = 3600;
const offsets: Readonly<Record<string, number>> = {
  'Asia/Shanghai': 8 * hour,
  'Asia/Kolkata': 5.5 * hour,
  'America/Bogota': -5 * hour,
};
const offsetOf = (zone: string) => offsets[zone] ?? null;

describe('hours of a zone in UTC', () => {
  it('are other hours, some of them of the day before', () => {
    const shifts = [{ weekdays: ['monday:friday'], times: [{ start_time: '06:00', end_time: '22:00' }] }];
    expect(moveInterval(named(shifts, 'Asia/Shanghai'), offsetOf)).toEqual({
      kind: 'moved',
      interval: {
        name: 'hours',
        timeIntervals: [
          {
            weekdays: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'],
            times: [{ startTime: '22:00', endTime: '24:00' }],
          },
          {
            weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
            times: [{ startTime: '00:00', endTime: '14:00' }],
          },
        ],
      },
    });
  });

  it.each([
    { name: 'the day shift of Shanghai', zone: 'Asia/Shanghai', days: ['monday:friday'], times: ['08:30-17:30'] },
    {
      name: 'a Saturday night of Kolkata',
      zone: 'Asia/Kolkata',
      days: ['saturday'],
      times: ['00:00-05:15', '23:00-24:00'],
    },
    {
      name: 'Sundays and Mondays of Bogotá',
      zone: 'America/Bogota',
      days: ['sunday', 'monday'],
      times: ['19:00-24:00'],
    },
    { name: 'whole days', zone: 'Asia/Shanghai', days: ['saturday', 'sunday'], times: null },
    { name: 'the same hours of every day', zone: 'Asia/Kolkata', days: null, times: ['00:30-06:00'] },
  ])('$name hold at the same moments of a week', ({ zone, days, times }) => {
    const part = {
      ...(days === null ? {} : { weekdays: days }),
      ...(times === null ? {} : { times: times.map((range) => rangeOf(range)) }),
    };
    const before = named([part], zone);
    expect(momentsOf(asUtc(before))).toEqual(momentsOf(before));
  });

  it.each([
    { name: 'a zone with summer time', part: {}, zone: 'Europe/Berlin' },
    { name: 'days of a month, whose ends would move too', part: { days_of_month: ['1:7'] }, zone: 'Asia/Shanghai' },
  ])('$name is stuck', ({ part, zone }) => {
    expect(moveInterval(named([part], zone), offsetOf)).toEqual({ kind: 'stuck', zone });
  });

  it('days of a month stay where nothing is moved', () => {
    const interval = { name: 'hours', time_intervals: [{ days_of_month: ['1:7', '-1'], months: ['may'] }] };
    expect(moveInterval(interval, offsetOf)).toMatchObject({
      interval: {
        timeIntervals: [
          {
            daysOfMonth: [
              { start: 1, end: 7 },
              { start: -1, end: -1 },
            ],
            months: ['may'],
          },
        ],
      },
    });
  });
});

function named(parts: readonly JsonObject[], location: string): JsonObject {
  return { name: 'hours', time_intervals: parts.map((part) => ({ ...part, location })) };
}

function rangeOf(text: string): JsonObject {
  const [start = '', end = ''] = text.split('-');
  return { start_time: start, end_time: end };
}

/** What was moved, in the words of Alertmanager again. */
function asUtc(before: JsonObject): JsonObject {
  const moved = moveInterval(before, offsetOf);
  const parts = moved.kind === 'moved' ? moved.interval.timeIntervals : [];
  return {
    name: 'hours',
    time_intervals: (parts as readonly JsonObject[]).map(({ times, weekdays }) => ({
      ...(weekdays === undefined ? {} : { weekdays }),
      times: (times as readonly JsonObject[]).filter(isJsonObject).map(({ startTime = '', endTime = '' }) => ({
        start_time: startTime,
        end_time: endTime,
      })),
    })),
  };
}

/** Every quarter of an hour of a week at which the interval holds. */
function momentsOf(interval: JsonObject): readonly number[] {
  const document = { route: { receiver: 'a' }, receivers: [{ name: 'a' }], time_intervals: [interval] };
  const { config, findings } = parseAlertmanager(document, '0.34');
  expect(findings.filter(({ weight }) => weight === 'refused')).toEqual([]);
  const [read] = config.timeIntervals;
  const start = Date.UTC(2026, 10, 1);
  const quarters = Array.from({ length: 7 * 24 * 4 }, (_, index) => index);
  return quarters.filter((index) => read !== undefined && isWithin(read, start + index * 15 * 60_000));
}
