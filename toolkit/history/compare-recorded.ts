import { type Episode, firingStretch } from './replay-alert.ts';
import { joinStretches, overlapMs, type Stretch, totalMs } from './series.ts';

/** How a replay and what Prometheus recorded at the time agree, item by item. */
export interface RecordedComparison {
  /** Episodes of firing that `ALERTS` holds. */
  readonly fired: number;
  readonly firingMs: number;
  readonly bothMs: number;
  readonly onlyReplayedMs: number;
  readonly onlyRecordedMs: number;
}

/**
 * By item and not by all labels: the same trouble had other labels before somebody gave the item another owner. Where
 * alerts have no item, all of them are compared together.
 */
export function compareRecorded(
  replayed: readonly Episode[],
  recorded: readonly Episode[],
  untilMs: number,
): RecordedComparison {
  const [mine, theirs] = [firingByItem(replayed, untilMs), firingByItem(recorded, untilMs)];
  const items = [...new Set([...mine.keys(), ...theirs.keys()])];
  const both = items.map((item) => overlapMs(mine.get(item) ?? [], theirs.get(item) ?? []));
  const [bothMs, mineMs, theirsMs] = [
    sum(both),
    sum([...mine.values()].map(totalMs)),
    sum([...theirs.values()].map(totalMs)),
  ];
  return {
    fired: recorded.length,
    firingMs: theirsMs,
    bothMs,
    onlyReplayedMs: mineMs - bothMs,
    onlyRecordedMs: theirsMs - bothMs,
  };
}

function firingByItem(episodes: readonly Episode[], untilMs: number): ReadonlyMap<string, readonly Stretch[]> {
  const byItem = Map.groupBy(episodes, ({ labels }) => labels.item ?? '');
  return new Map(
    [...byItem].map(([item, own]) => [item, joinStretches(own.flatMap((each) => firingStretch(each, untilMs) ?? []))]),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
