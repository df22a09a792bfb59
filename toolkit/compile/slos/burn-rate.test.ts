import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BurnAlert, defineSlo, items, parseDuration, printDuration, type SloWindow } from '../../model/index.ts';
import { burnLevels, timeToDetectMs } from './burn-rate.ts';

const sloOf = (window: SloWindow, alerting?: readonly BurnAlert[]) =>
  defineSlo({
    id: 'answers',
    title: { en: 'Answers', zh: '可用' },
    service: items.where({ id: 'web-1' }),
    objective: 0.999,
    window,
    indicator: { kind: 'ratio', good: { metric: 'good_total' }, total: { metric: 'good_total' } },
    ...(alerting === undefined ? {} : { alerting }),
  });

const shown = (window: SloWindow) =>
  burnLevels(sloOf(window)).map(({ severity, long, short, factor }) => `${severity} ${long}/${short} ${factor}`);

describe('the usual levels', () => {
  it.each<{ readonly name: string; readonly window: SloWindow; readonly levels: readonly string[] }>([
    {
      name: 'of 30 days are those of the SRE workbook',
      window: { rolling: '30d' },
      levels: ['critical 1h/5m 14.4', 'critical 6h/30m 6', 'warning 1d/2h 3', 'warning 3d/6h 1'],
    },
    {
      name: 'of four weeks are 28/30 of them, and never below what is allowed',
      window: { rolling: '4w' },
      levels: ['critical 1h/5m 13.44', 'critical 6h/30m 5.6', 'warning 1d/2h 2.8', 'warning 3d/6h 1'],
    },
    {
      name: 'of a month are those of 30 days',
      window: { calendar: 'month', zone: 'Asia/Shanghai' },
      levels: ['critical 1h/5m 14.4', 'critical 6h/30m 6', 'warning 1d/2h 3', 'warning 3d/6h 1'],
    },
    {
      name: 'of a quarter are those of 91',
      window: { calendar: 'quarter', zone: 'Asia/Shanghai' },
      levels: ['critical 1h/5m 43.68', 'critical 6h/30m 18.2', 'warning 1d/2h 9.1', 'warning 3d/6h 3.033333333'],
    },
    {
      name: 'of a week are held at what is allowed, where the formula would be below',
      window: { rolling: '7d' },
      levels: ['critical 1h/5m 3.36', 'critical 6h/30m 1.4', 'warning 1d/2h 1', 'warning 3d/6h 1'],
    },
    {
      name: 'of a day have no window that is longer',
      window: { rolling: '1d' },
      levels: ['critical 1h/5m 1', 'critical 6h/30m 1'],
    },
  ])('$name', ({ window, levels }) => {
    expect(shown(window)).toEqual(levels);
  });
});

it('any level: burning at its factor for its long window takes its share of the budget, and is told at the end of it', () => {
  const budget = fc.double({ min: 0.01, max: 0.5, noNaN: true });
  const long = fc.integer({ min: 12, max: 72 * 60 }).map((minutes) => printDuration(minutes * 60_000));
  const days = fc.integer({ min: 4, max: 90 });
  fc.assert(
    fc.property(budget, long, days, (share, window, period) => {
      const alerting = [{ severity: 'critical', budget: share, long: window }] as const;
      const [level] = burnLevels(sloOf({ rolling: `${period}d` }, alerting));
      const longMs = parseDuration(window) ?? 0;
      const taken = (level!.factor * longMs) / (period * 86_400_000);
      expect(taken).toBeCloseTo(share, 6);
      expect(level!.shortMs * 12).toBeGreaterThanOrEqual(longMs - 6000);
      const errors = level!.factor * 0.001;
      expect(timeToDetectMs(level!, 0.999, errors * 1.000001)).toBeCloseTo(longMs, -4);
    }),
  );
});

it.each([
  { name: 'at total failure of 99.9 % the first page comes after 51.84 s', objective: 0.999, share: 1, ms: 51_840 },
  { name: 'at a tenth after ten times that', objective: 0.999, share: 0.1, ms: 518_400 },
  { name: 'below the factor never', objective: 0.999, share: 0.01, ms: null },
  { name: 'where 14.4 times the allowed errors are more than all events never', objective: 0.93, share: 1, ms: null },
])('$name', ({ objective, share, ms }) => {
  const [page] = burnLevels(sloOf({ rolling: '30d' }));
  const detected = timeToDetectMs(page!, objective, share);
  expect(detected === null ? null : Math.round(detected)).toBe(ms);
});
