import type { Address } from '../../model/index.ts';
import { effectOf } from '../../plan/effect.ts';
import type { PlannedChange } from '../../plan/plan.ts';

/**
 * Groups of changes that need not wait for each other, in order. A wave begins when the one before it is live, because
 * "first" means first in the real system: a rule file may name what a target list of the wave before has loaded.
 *
 *     a <- b <- d     waves: [a, c], [b], [d]
 *     c <- d
 *
 * A change without effect takes no wave of its own; what waits for it waits for what it waits for.
 */
export function wavesOf(changes: readonly PlannedChange[]): readonly (readonly PlannedChange[])[] {
  const levels = new Map<Address, number>();
  const waves: PlannedChange[][] = [];
  for (const change of changes) {
    const level = Math.max(0, ...change.waitsFor.map((address) => levels.get(address) ?? 0));
    if (effectOf(change) === 'none') {
      levels.set(change.address, level);
      continue;
    }
    levels.set(change.address, level + 1);
    const wave = waves[level] ?? [];
    wave.push(change);
    waves[level] = wave;
  }
  return waves;
}
