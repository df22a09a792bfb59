import { applyPhaseOf, applyPhases } from '../languages/kubernetes/index.ts';
import type { Resource } from '../model/index.ts';

/** What of one stack is put in place together. */
export interface Phase {
  /** `10-namespaces`: in the order in which they are applied, whatever sorts them. */
  readonly folder: string;
  readonly name: string;
  readonly wave: number;
  readonly objects: readonly Resource[];
}

/** Objects by phase, each by name. A phase keeps its number when others come and go, so no file moves without need. */
export function phasesOf(objects: readonly Resource[]): readonly Phase[] {
  const byPhase = Map.groupBy(objects, ({ spec }) => applyPhaseOf(spec));
  return applyPhases.flatMap(({ name }, index): readonly Phase[] => {
    const found = byPhase.get(index) ?? [];
    if (found.length === 0) return [];
    const wave = (index + 1) * 10;
    const sorted = [...found].sort((left, right) => (left.address < right.address ? -1 : 1));
    return [{ folder: `${wave}-${name}`, name, wave, objects: sorted }];
  });
}
