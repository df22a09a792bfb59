import type { Diagnostic } from '../diagnostics/index.ts';
import type { Resource, Stack } from '../model/index.ts';
import type { OperatedStack, Surroundings } from './operated-stack.ts';

/** A group as its content says it, and as its systems hold it. */
export interface PlacedGroup {
  /** What content means, whatever its systems are: what is judged, tested and explained. */
  readonly resources: readonly Resource[];
  /** The same with objects in the place of files, for stacks that are at home in a cluster: what is planned. */
  readonly placed: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What stacks that are at home somewhere need besides; loaded where there is such a stack, and nowhere else. */
export interface Homes {
  /** Where things answer, as seen from where the systems of a stack are. */
  readonly surroundings: (surroundings: Surroundings, stack: Stack) => Surroundings;
  readonly place: (operated: readonly OperatedStack[], resources: readonly Resource[]) => PlacedGroup;
}

/** A group none of whose stacks has a home. */
export const noHomes: Homes = {
  surroundings: (surroundings) => surroundings,
  place: (_, resources) => ({ resources, placed: resources, diagnostics: [] }),
};
