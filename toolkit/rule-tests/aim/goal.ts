import type { Expression } from '../../languages/promql/index.ts';
import type { Rule } from '../read-rules.ts';
import type { Subject } from './pick-series.ts';
import type { World } from './world.ts';

/** What an expression is to give. */
export type Goal =
  /** `value + slope * seconds`. */
  | ({ readonly kind: 'value' } & Linear)
  /** Anything, but something; of a comparison, what is just within it. */
  | { readonly kind: 'some' }
  /** Nothing; of a comparison, what is just outside of it. */
  | { readonly kind: 'none' };

export interface Linear {
  readonly value: number;
  readonly slope: number;
}

export interface Aiming {
  readonly subject: Subject;
  /** Rules whose recorded series the expression reads. */
  readonly recording: readonly Rule[];
  /** How far within a comparison, as a share of its number. */
  readonly within: number;
  /** How far outside of a comparison that is not to hold; 0 is its very edge. */
  readonly outside: number;
  /** What could not be inverted, for the reason that is told. */
  readonly obstacles: Set<string>;
}

/** Tries to reach a goal, given what is demanded already; every world it gives is one way. */
export type Aim = (expression: Expression, goal: Goal, world: World, aiming: Aiming) => Iterable<World>;

export const some: Goal = { kind: 'some' };
export const none: Goal = { kind: 'none' };

export function exactly(value: number, slope = 0): Goal {
  return { kind: 'value', value, slope };
}
