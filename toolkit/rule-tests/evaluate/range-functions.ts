import { quantileOfValues } from './quantile.ts';
import type { Labels, Point } from './series.ts';

/** The points of one series in a range; both ends, in milliseconds, belong to it. */
export interface RangeWindow {
  readonly points: readonly Point[];
  readonly from: number;
  readonly to: number;
}

export interface LabelledWindow {
  readonly labels: Labels;
  readonly window: RangeWindow;
}

type RangeFunction = (window: RangeWindow, parameter: number) => number | null;

/** What functions of a range make of one series; null where they give nothing. */
export const rangeFunctions: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ['rate', (window) => extrapolated(window, { isCounter: true, isRate: true })],
  ['increase', (window) => extrapolated(window, { isCounter: true, isRate: false })],
  ['delta', (window) => extrapolated(window, { isCounter: false, isRate: false })],
  ['irate', ({ points }) => lastStep(points, true)],
  ['idelta', ({ points }) => lastStep(points, false)],
  ['deriv', ({ points }) => lineThrough(points)?.slope ?? null],
  ['predict_linear', (window, seconds) => predicted(window, seconds)],
  ['avg_over_time', ({ points }) => points.reduce(runningMean, 0)],
  ['sum_over_time', ({ points }) => points.reduce((sum, { value }) => sum + value, 0)],
  ['min_over_time', ({ points }) => Math.min(...points.map(({ value }) => value))],
  ['max_over_time', ({ points }) => Math.max(...points.map(({ value }) => value))],
  [
    'quantile_over_time',
    ({ points }, share) =>
      quantileOfValues(
        share,
        points.map(({ value }) => value),
      ),
  ],
  ['count_over_time', ({ points }) => points.length],
  ['present_over_time', () => 1],
  ['last_over_time', ({ points }) => points.at(-1)?.value ?? null],
  ['changes', ({ points }) => countSteps(points, (former, value) => former !== value)],
  ['resets', ({ points }) => countSteps(points, (former, value) => value < former)],
]);

interface Extrapolation {
  readonly isCounter: boolean;
  readonly isRate: boolean;
}

/** Prometheus' own extrapolation to the ends of the range (promql/functions.go, extrapolatedRate). */
function extrapolated({ points, from, to }: RangeWindow, { isCounter, isRate }: Extrapolation): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return null;
  const change = last.value - first.value + (isCounter ? lostInResets(points) : 0);
  const sampled = (last.at - first.at) / 1000;
  const between = sampled / (points.length - 1);
  let toStart = (first.at - from) / 1000;
  const toEnd = (to - last.at) / 1000;
  // A counter is not older than its zero.
  if (isCounter && change > 0 && first.value >= 0) toStart = Math.min(toStart, sampled * (first.value / change));
  const threshold = between * 1.1;
  const reach = sampled + (toStart < threshold ? toStart : between / 2) + (toEnd < threshold ? toEnd : between / 2);
  const factor = reach / sampled;
  return change * (isRate ? factor / ((to - from) / 1000) : factor);
}

function lostInResets(points: readonly Point[]): number {
  return points.reduce((lost, { value }, index) => {
    const former = points[index - 1]?.value ?? value;
    return value < former ? lost + former : lost;
  }, 0);
}

function lastStep(points: readonly Point[], isCounter: boolean): number | null {
  const [former, last] = points.slice(-2);
  if (former === undefined || last === undefined) return null;
  if (!isCounter) return last.value - former.value;
  const change = last.value < former.value ? last.value : last.value - former.value;
  return change / ((last.at - former.at) / 1000);
}

interface Line {
  readonly slope: number;
  /** Its value where it begins. */
  readonly start: number;
}

/** Least squares over seconds since a moment: the first point, where none is given. */
function lineThrough(points: readonly Point[], origin: number = points[0]?.at ?? 0): Line | null {
  const [first] = points;
  if (first === undefined || points.length < 2) return null;
  if (points.every(({ value }) => value === first.value)) return { slope: 0, start: first.value };
  let [sumX, sumY, sumXY, sumX2] = [0, 0, 0, 0];
  for (const { at, value } of points) {
    const x = (at - origin) / 1000;
    sumX += x;
    sumY += value;
    sumXY += x * value;
    sumX2 += x * x;
  }
  const count = points.length;
  const slope = (sumXY - (sumX * sumY) / count) / (sumX2 - (sumX * sumX) / count);
  return { slope, start: sumY / count - (slope * sumX) / count };
}

/** Of the line as it stands now, which is the end of the range. */
function predicted({ points, to }: RangeWindow, seconds: number): number | null {
  const line = lineThrough(points, to);
  return line === null ? null : line.slope * seconds + line.start;
}

function runningMean(mean: number, { value }: Point, index: number): number {
  return mean + (value / (index + 1) - mean / (index + 1));
}

function countSteps(points: readonly Point[], isOne: (former: number, value: number) => boolean): number {
  return points.filter(({ value }, index) => index > 0 && isOne(points[index - 1]?.value ?? value, value)).length;
}
