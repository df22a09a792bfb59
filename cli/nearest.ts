import { nearestName } from '../toolkit/diagnostics/index.ts';

const shownAtMost = 3;

/**
 * The known words that the one given may mean: those that hold it (`HostDown` in `plant-1/prometheus-rules/host#HostDown`),
 * else the one that is most like it. For "did you mean".
 */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase();
  const holding = known.filter((candidate) => candidate.toLowerCase().includes(wanted));
  if (holding.length > 0) return holding.toSorted((left, right) => left.length - right.length).slice(0, shownAtMost);
  const alike = nearestName(word, known);
  return alike === null ? [] : [alike];
}
