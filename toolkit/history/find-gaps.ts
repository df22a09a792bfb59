import type { Stretch, TimeGrid } from './series.ts';

/** Stretches of a grid at which nothing was sampled: the server did not run, or had not begun to keep samples. */
export function findGaps(sampledMs: readonly number[], { fromMs, toMs, stepMs }: TimeGrid): readonly Stretch[] {
  const sampled = new Set(sampledMs);
  const gaps: { fromMs: number; toMs: number }[] = [];
  for (let at = fromMs; at <= toMs; at += stepMs) {
    if (sampled.has(at)) continue;
    const last = gaps.at(-1);
    if (last?.toMs === at) last.toMs = at + stepMs;
    else gaps.push({ fromMs: at, toMs: at + stepMs });
  }
  return gaps;
}
