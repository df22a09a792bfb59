import type { Route } from './config.ts';

/** How the sample, the rule and the route of one alert are timed. */
export interface NotifyTiming {
  readonly scrapeIntervalMs: number;
  readonly scrapeTimeoutMs: number;
  readonly evaluationIntervalMs: number;
  /** Recording rules of other groups between the samples and the alert, each evaluated after the one before. */
  readonly recordingSteps?: number;
  /** Range over which the expression looks: an average of five minutes may need all of them to cross its threshold. */
  readonly windowMs?: number;
  readonly forMs: number;
  readonly route: Pick<Route, 'groupWaitMs' | 'groupIntervalMs'>;
  /** Longest time for which the route is silent: `longestQuietMs`. */
  readonly quietMs?: number;
  /** What a later Alertmanager of a cluster waits for the ones before it: 15 s each, unless it was told otherwise. */
  readonly peerWaitMs?: number;
}

export type NotifyTermName = 'scrape' | 'window' | 'recording' | 'evaluation' | 'for' | 'quiet' | 'group' | 'peers';

export interface NotifyTerm {
  readonly name: NotifyTermName;
  readonly ms: number;
  readonly text: string;
}

export interface TimeToNotify {
  readonly totalMs: number;
  /** Only those that add something, in the order in which they pass. */
  readonly terms: readonly NotifyTerm[];
}

/**
 * The longest time from a fault to the moment at which the first message is sent. Each step has only just missed the one
 * before it: the fault comes right after a scrape, its sample right after an evaluation, the alert right after its group
 * was told. How long the message then travels is not known here.
 */
export function worstTimeToNotify(timing: NotifyTiming): TimeToNotify {
  const { evaluationIntervalMs, recordingSteps = 0, quietMs = 0 } = timing;
  const terms: readonly NotifyTerm[] = [
    {
      name: 'scrape',
      ms: timing.scrapeIntervalMs + timing.scrapeTimeoutMs,
      text: 'The fault comes right after a scrape, and the next one takes as long as it may.',
    },
    { name: 'window', ms: timing.windowMs ?? 0, text: 'The whole range of the expression has to be filled.' },
    {
      name: 'recording',
      ms: recordingSteps * evaluationIntervalMs,
      text: 'Each recording rule in between is evaluated an interval later at most.',
    },
    { name: 'evaluation', ms: evaluationIntervalMs, text: 'The sample comes right after an evaluation.' },
    {
      name: 'for',
      ms: Math.ceil(timing.forMs / evaluationIntervalMs) * evaluationIntervalMs,
      text: 'The condition has to hold at evaluations that are at least `for` apart.',
    },
    { name: 'quiet', ms: quietMs, text: 'The route falls silent just before, for the longest time that it does.' },
    { name: 'group', ms: groupTerm(timing), text: groupText(timing) },
    { name: 'peers', ms: timing.peerWaitMs ?? 0, text: 'Later members of the cluster wait for the earlier ones.' },
  ];
  const adding = terms.filter(({ ms }) => ms > 0);
  return { totalMs: adding.reduce((sum, { ms }) => sum + ms, 0), terms: adding };
}

/** While its route is silent a group is made and its wait passes; then it is told at its next interval. */
function groupTerm({ route, quietMs = 0 }: NotifyTiming): number {
  return quietMs > 0 ? route.groupIntervalMs : Math.max(route.groupWaitMs, route.groupIntervalMs);
}

function groupText({ route, quietMs = 0 }: NotifyTiming): string {
  if (quietMs === 0 && route.groupWaitMs >= route.groupIntervalMs) return 'A new group waits for more alerts.';
  return 'Its group was told just before, and is told again after group_interval.';
}
