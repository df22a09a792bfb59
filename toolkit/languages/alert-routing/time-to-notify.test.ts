import { describe, expect, it } from 'vitest';
import { type NotifyTiming, worstTimeToNotify } from './time-to-notify.ts';

const timing: NotifyTiming = {
  scrapeIntervalMs: 15_000,
  scrapeTimeoutMs: 10_000,
  evaluationIntervalMs: 15_000,
  forMs: 0,
  route: { groupWaitMs: 30_000, groupIntervalMs: 300_000 },
};

describe('worstTimeToNotify', () => {
  it.each<{ name: string; change: Partial<NotifyTiming>; terms: Readonly<Record<string, number>> }>([
    { name: 'each step has just missed the one before', change: {}, terms: { scrape: 25, evaluation: 15, group: 300 } },
    {
      name: '`for` ends at an evaluation',
      change: { forMs: 40_000 },
      terms: { scrape: 25, evaluation: 15, for: 45, group: 300 },
    },
    {
      name: 'a `for` of whole evaluations stays',
      change: { forMs: 45_000 },
      terms: { scrape: 25, evaluation: 15, for: 45, group: 300 },
    },
    {
      name: 'a range has to be filled',
      change: { windowMs: 120_000 },
      terms: { scrape: 25, window: 120, evaluation: 15, group: 300 },
    },
    {
      name: 'recording rules come before',
      change: { recordingSteps: 2 },
      terms: { scrape: 25, recording: 30, evaluation: 15, group: 300 },
    },
    {
      name: 'a wait that is longer than the interval counts',
      change: { route: { groupWaitMs: 60_000, groupIntervalMs: 10_000 } },
      terms: { scrape: 25, evaluation: 15, group: 60 },
    },
    {
      name: 'a silent route tells at its next interval',
      change: { quietMs: 3_600_000, route: { groupWaitMs: 60_000, groupIntervalMs: 10_000 } },
      terms: { scrape: 25, evaluation: 15, quiet: 3600, group: 10 },
    },
    {
      name: 'members of a cluster wait for each other',
      change: { peerWaitMs: 30_000 },
      terms: { scrape: 25, evaluation: 15, group: 300, peers: 30 },
    },
  ])('$name', ({ change, terms }) => {
    const { totalMs, terms: found } = worstTimeToNotify({ ...timing, ...change });
    expect(Object.fromEntries(found.map(({ name, ms }) => [name, ms / 1000]))).toEqual(terms);
    expect(totalMs / 1000).toBe(Object.values(terms).reduce((sum, seconds) => sum + seconds, 0));
  });
});
