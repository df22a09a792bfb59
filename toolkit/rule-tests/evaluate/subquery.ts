import type { Expression, Subquery } from '../../languages/promql/index.ts';
import { NotModelled } from './not-modelled.ts';
import type { LabelledWindow } from './range-functions.ts';
import { keyOf, type Labels, type Point, type Sample, type SeriesStore } from './series.ts';
import { offsetOf, type Surroundings, samplesOf, type Value } from './value.ts';

type Evaluate = (expression: Expression, surroundings: Surroundings) => Value;

/** What was is not judged twice: a window of a day moves on by a step, and all but one of its moments stay. */
const judged = new WeakMap<SeriesStore, Map<Expression, Map<number, readonly Sample[]>>>();

/** The moments of a subquery are multiples of its step, whenever it is asked. */
export function subqueryWindows(
  { operand, range, step, when }: Subquery,
  { store, at }: Surroundings,
  evaluate: Evaluate,
): readonly LabelledWindow[] {
  if (range.kind !== 'fixed' || (step !== null && step.kind !== 'fixed')) throw new NotModelled('a computed range');
  const stepMs = step?.ms ?? store.stepMs;
  const to = at - offsetOf(when);
  const from = to - range.ms;
  const series = new Map<string, { readonly labels: Labels; readonly points: Point[] }>();
  // Before the test nothing was scraped.
  for (let moment = Math.max(0, Math.ceil(from / stepMs) * stepMs); moment <= to; moment += stepMs) {
    for (const { labels, value } of samplesAt(operand, store, moment, evaluate)) {
      const key = keyOf(labels);
      const entry = series.get(key) ?? { labels, points: [] };
      entry.points.push({ at: moment, value });
      series.set(key, entry);
    }
  }
  return [...series.values()].map(({ labels, points }) => ({ labels, window: { points, from, to } }));
}

function samplesAt(operand: Expression, store: SeriesStore, at: number, evaluate: Evaluate): readonly Sample[] {
  const ofStore = judged.get(store) ?? new Map<Expression, Map<number, readonly Sample[]>>();
  judged.set(store, ofStore);
  const moments = ofStore.get(operand) ?? new Map<number, readonly Sample[]>();
  ofStore.set(operand, moments);
  const known = moments.get(at);
  if (known !== undefined) return known;
  const samples = samplesOf(evaluate(operand, { store, at }));
  moments.set(at, samples);
  return samples;
}
