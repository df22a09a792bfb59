import { keyOf, type Labels } from '../evaluate/series.ts';

/** What one series has to be while a state of a test lasts. */
export interface Demand {
  readonly labels: Labels;
  /** Its value when the state begins; null: whatever it was. */
  readonly level: number | null;
  /** By how much it moves in a second of the state. */
  readonly slope: number | null;
  /** By how much the level moves in a second of the test: 1 keeps it at a distance from the clock. */
  readonly clock: number | null;
  /** Its first sample, where that was once another. */
  readonly first: number | null;
  /** It is not there at all. */
  readonly isAbsent: boolean;
}

/** The series that bring an expression to a value. */
export type World = ReadonlyMap<string, Demand>;

export const emptyWorld: World = new Map();

type Wish = Partial<Pick<Demand, 'level' | 'slope' | 'clock' | 'first' | 'isAbsent'>>;

/** The world with one more demand on a series, or null where it contradicts what was demanded before. */
export function demand(world: World, labels: Labels, wish: Wish): World | null {
  const key = keyOf(labels);
  const fresh: Demand = {
    labels,
    level: null,
    slope: null,
    clock: null,
    first: null,
    isAbsent: wish.isAbsent ?? false,
  };
  const known = world.get(key) ?? fresh;
  if (known.isAbsent !== (wish.isAbsent ?? false)) return null;
  const level = agree(known.level, wish.level ?? null);
  const slope = agree(known.slope, wish.slope ?? null);
  const clock = agree(known.clock, wish.clock ?? null);
  const first = agree(known.first, wish.first ?? null);
  if (level === undefined || slope === undefined || clock === undefined || first === undefined) return null;
  return new Map([...world, [key, { ...known, level, slope, clock, first }]]);
}

function agree(known: number | null, wished: number | null): number | null | undefined {
  if (known === null || wished === null) return known ?? wished;
  return Math.abs(known - wished) <= 1e-9 * Math.max(1, Math.abs(known)) ? known : undefined;
}
