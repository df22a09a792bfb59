import type { Moment } from '../../languages/promql/index.ts';
import { NotModelled } from './not-modelled.ts';
import type { Sample, SeriesStore } from './series.ts';

export type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'vector'; readonly samples: readonly Sample[] };

/** The series, and the moment in milliseconds since the start of the test. */
export interface Surroundings {
  readonly store: SeriesStore;
  readonly at: number;
}

export function samplesOf(value: Value): readonly Sample[] {
  if (value.kind === 'vector') return value.samples;
  return value.kind === 'scalar' ? [{ labels: {}, value: value.value }] : [];
}

export function scalarOf(value: Value): number {
  return value.kind === 'scalar' ? value.value : Number.NaN;
}

export function offsetOf({ offset, at, edges }: Moment): number {
  if (at !== null || edges !== null) throw new NotModelled('a fixed moment (@)');
  if (offset === null) return 0;
  if (offset.kind !== 'fixed') throw new NotModelled('a computed offset');
  return offset.ms;
}
