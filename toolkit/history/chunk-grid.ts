import type { TimeGrid } from './series.ts';

/** Prometheus gives no more points than this of one series in one answer. */
export const maxPoints = 11_000;

/** A grid in parts that one range query each can answer; the points of the parts are those of the whole, each once. */
export function chunkGrid({ fromMs, toMs, stepMs }: TimeGrid, points: number = maxPoints): readonly TimeGrid[] {
  const chunks: TimeGrid[] = [];
  for (let from = fromMs; from <= toMs; from += points * stepMs) {
    chunks.push({ fromMs: from, toMs: Math.min(from + (points - 1) * stepMs, toMs), stepMs });
  }
  return chunks;
}

/** Whole steps since the epoch, so that two looks at one time see the same moments. */
export function alignedGrid(fromMs: number, toMs: number, stepMs: number): TimeGrid {
  return { fromMs: Math.floor(fromMs / stepMs) * stepMs, toMs: Math.floor(toMs / stepMs) * stepMs, stepMs };
}
