import { describe, expect, it } from 'vitest';
import { alignedGrid, chunkGrid } from './chunk-grid.ts';
import { compareRecorded } from './compare-recorded.ts';
import { findGaps } from './find-gaps.ts';
import { quantileOf } from './quantiles.ts';
import type { Episode } from './replay-alert.ts';
import { joinStretches, overlapMs, type Stretch, totalMs } from './series.ts';
import { summariseEpisodes } from './summarise-episodes.ts';

const stretch = (fromMs: number, toMs: number): Stretch => ({ fromMs, toMs });
const episode = (firedAtMs: number | null, endedAtMs: number | null, item = 'a'): Episode => ({
  labels: { alertname: 'Hot', item },
  activeAtMs: firedAtMs ?? 0,
  firedAtMs,
  endedAtMs,
  isEarlier: false,
  isCutOff: false,
});

describe('a grid', () => {
  it('is asked in parts, each moment once', () => {
    expect(chunkGrid({ fromMs: 0, toMs: 50, stepMs: 10 }, 4)).toEqual([
      { fromMs: 0, toMs: 30, stepMs: 10 },
      { fromMs: 40, toMs: 50, stepMs: 10 },
    ]);
  });

  it('begins and ends at whole steps', () => {
    expect(alignedGrid(17, 58, 10)).toEqual({ fromMs: 10, toMs: 50, stepMs: 10 });
  });

  it('has gaps where nothing was sampled, also at its ends', () => {
    expect(findGaps([10, 20, 50], { fromMs: 0, toMs: 70, stepMs: 10 })).toEqual([
      stretch(0, 10),
      stretch(30, 50),
      stretch(60, 80),
    ]);
  });
});

describe('stretches of time', () => {
  it('that touch or overlap are one', () => {
    expect(joinStretches([stretch(5, 9), stretch(0, 3), stretch(3, 4), stretch(8, 12)])).toEqual([
      stretch(0, 4),
      stretch(5, 12),
    ]);
  });

  it.each([
    { left: [stretch(0, 10)], right: [stretch(2, 4), stretch(6, 20)], both: 6 },
    { left: [stretch(0, 2), stretch(5, 6)], right: [stretch(2, 5)], both: 0 },
    { left: [stretch(0, 3), stretch(4, 9)], right: [stretch(1, 8)], both: 6 },
  ])('$left and $right overlap for $both', ({ left, right, both }) => {
    expect([overlapMs(left, right), overlapMs(right, left)]).toEqual([both, both]);
  });

  it('have a length together', () => {
    expect(totalMs([stretch(0, 3), stretch(5, 6)])).toBe(4);
  });
});

it('a replay is compared with what was recorded, item by item', () => {
  const replayed = [episode(0, 10), episode(0, 10, 'b')];
  const recorded = [episode(4, 14), episode(20, null, 'c')];
  expect(compareRecorded(replayed, recorded, 30)).toEqual({
    fired: 2,
    firingMs: 20,
    bothMs: 6,
    onlyReplayedMs: 14,
    onlyRecordedMs: 14,
  });
});

it('episodes are counted by item, day and hour of the place', () => {
  const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
  // Friday evening in London is Saturday morning in Shanghai.
  const episodes = [
    episode(at('2026-11-20T18:30:00Z'), at('2026-11-20T18:40:00Z')),
    episode(at('2026-11-20T19:00:00Z'), at('2026-11-20T19:30:00Z')),
    episode(at('2026-11-23T04:00:00Z'), null, 'b'),
    episode(null, at('2026-11-23T05:00:00Z'), 'b'),
  ];
  const { byHourOfWeek, ...summary } = summariseEpisodes(episodes, at('2026-11-23T05:00:00Z'), 'Asia/Shanghai');
  expect(summary).toEqual({
    fired: 3,
    pendingOnly: 1,
    firingMs: 100 * 60_000,
    longestMs: 60 * 60_000,
    flaps: 1,
    ongoing: 1,
    cutOff: 0,
    byDay: { '2026-11-21': 2, '2026-11-23': 1 },
    nightShare: 2 / 3,
    weekendShare: 2 / 3,
    byItem: [
      { item: 'a', fired: 2, pendingOnly: 0, firingMs: 40 * 60_000, longestMs: 30 * 60_000 },
      { item: 'b', fired: 1, pendingOnly: 1, firingMs: 60 * 60_000, longestMs: 60 * 60_000 },
    ],
  });
  expect(
    byHourOfWeek.flatMap((row, day) => row.flatMap((count, hour) => (count > 0 ? [[day, hour, count]] : []))),
  ).toEqual([
    [0, 12, 1],
    [5, 2, 1],
    [5, 3, 1],
  ]);
});

it.each([
  { share: 0.5, samples: [3, 1, 2], quantile: 2 },
  { share: 0.9, samples: [0, 10], quantile: 9 },
  { share: 0, samples: [5, 4], quantile: 4 },
  { share: 1, samples: [5, 4], quantile: 5 },
  { share: 0.5, samples: [], quantile: null },
])('the quantile $share of $samples is $quantile', ({ share, samples, quantile }) => {
  expect(quantileOf(share, samples)).toBe(quantile);
});
