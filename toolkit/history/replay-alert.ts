import {
  isWithin,
  type Labels,
  labelKey,
  type SampledSeries,
  type Stretch,
  type TimeGrid,
  withoutNames,
} from './series.ts';

/** What of an alerting rule decides when it fires, besides its expression. */
export interface ReplayedRule {
  readonly name: string;
  readonly forMs: number;
  readonly keepFiringMs: number;
  readonly labels: Labels;
}

/** One alert from the first evaluation at which its condition held to the one at which it was gone. */
export interface Episode {
  /** As Prometheus writes them into `ALERTS`. */
  readonly labels: Labels;
  readonly activeAtMs: number;
  /** Null: it was pending and never fired. */
  readonly firedAtMs: number | null;
  /** Null: it goes on beyond the time that was looked at. */
  readonly endedAtMs: number | null;
  /** The condition held when the look began: since when is not known. */
  readonly isEarlier: boolean;
  /** It ends where the samples do, so nobody knows how it went on. */
  readonly isCutOff: boolean;
}

/**
 * What a rule would have done, from the samples that its expression gave at each evaluation. The states are those of
 * Prometheus' AlertingRule.Eval: pending from the first sample, firing at the first evaluation `for` later, gone at the
 * first without a sample, or `keep_firing_for` after it. In a gap nothing is evaluated; what was active before it is cut
 * off there, as no sample says whether the cause went on.
 */
export function replayAlert(
  rule: ReplayedRule,
  series: readonly SampledSeries[],
  grid: TimeGrid,
  gaps: readonly Stretch[] = [],
): readonly Episode[] {
  const alerts = new Map<string, { readonly labels: Labels; readonly times: Set<number> }>();
  for (const { labels, timesMs } of series) {
    const named = { ...withoutNames(labels), ...rule.labels, alertname: rule.name };
    const alert = alerts.get(labelKey(named)) ?? { labels: named, times: new Set() };
    alerts.set(labelKey(named), alert);
    for (const time of timesMs) if (!isWithin(gaps, time)) alert.times.add(time);
  }
  const episodes = [...alerts.values()].flatMap(({ labels, times }) =>
    episodesOf(rule, labels, runsOf([...times].sort(ascending), grid.stepMs), grid, gaps),
  );
  return episodes.sort((left, right) => left.activeAtMs - right.activeAtMs);
}

function ascending(left: number, right: number): number {
  return left - right;
}

/** Evaluations in a row that gave a sample; `toMs` is the last of them here. */
function runsOf(times: readonly number[], stepMs: number): readonly Stretch[] {
  const runs: { fromMs: number; toMs: number }[] = [];
  for (const time of times) {
    const last = runs.at(-1);
    if (last !== undefined && time - last.toMs <= stepMs) last.toMs = time;
    else runs.push({ fromMs: time, toMs: time });
  }
  return runs;
}

function episodesOf(
  { forMs, keepFiringMs }: ReplayedRule,
  labels: Labels,
  runs: readonly Stretch[],
  { fromMs, toMs, stepMs }: TimeGrid,
  gaps: readonly Stretch[],
): readonly Episode[] {
  const [wait, keep] = [ceilTo(forMs, stepMs), ceilTo(keepFiringMs, stepMs)];
  const episodes: Episode[] = [];
  let open: { readonly activeAtMs: number; firedAtMs: number | null } | null = null;
  const close = (endedAtMs: number | null, isCutOff = false) => {
    if (open !== null) episodes.push({ labels, ...open, endedAtMs, isEarlier: open.activeAtMs === fromMs, isCutOff });
    open = null;
  };
  for (const [index, run] of runs.entries()) {
    const current: { readonly activeAtMs: number; firedAtMs: number | null } = open ?? {
      activeAtMs: run.fromMs,
      firedAtMs: null,
    };
    open = current;
    if (current.firedAtMs === null && current.activeAtMs + wait <= run.toMs)
      current.firedAtMs = current.activeAtMs + wait;
    const absentMs = run.toMs + stepMs;
    const endMs = current.firedAtMs === null ? absentMs : absentMs + keep;
    const gap = gaps.find((one) => one.toMs > absentMs && one.fromMs <= Math.min(endMs, toMs));
    const next = runs[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    if (gap !== undefined && gap.fromMs < next) close(Math.max(gap.fromMs, absentMs), true);
    else if (next <= endMs)
      continue; // Still kept firing when the condition holds again.
    else close(endMs > toMs ? null : endMs);
  }
  close(null);
  return episodes;
}

function ceilTo(durationMs: number, stepMs: number): number {
  return Math.ceil(durationMs / stepMs) * stepMs;
}

/** When an episode fired; an episode that goes on does so to the end of what was looked at. */
export function firingStretch({ firedAtMs, endedAtMs }: Episode, untilMs: number): Stretch | null {
  return firedAtMs === null ? null : { fromMs: firedAtMs, toMs: endedAtMs ?? untilMs };
}
