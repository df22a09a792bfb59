import type { World } from './aim/world.ts';
import type { Labels, StoredSeries } from './evaluate/series.ts';

/** One run of samples: a line, or a gap. */
export type Segment =
  | { readonly kind: 'line'; readonly start: number; readonly increment: number; readonly count: number }
  | { readonly kind: 'gap'; readonly count: number };

/** One input series of a test. */
export interface TestSeries {
  readonly labels: Labels;
  readonly segments: readonly Segment[];
}

/** A state that lasts for some samples. */
export interface Phase {
  readonly world: World;
  readonly samples: number;
}

/** Series that go through states one after another; a counter goes on from where it was. */
export function makeSeries(phases: readonly Phase[], stepMs: number): readonly TestSeries[] {
  const keys = new Map(phases.flatMap(({ world }) => [...world].map(([key, { labels }]) => [key, labels] as const)));
  return [...keys].map(([key, labels]) => {
    const segments: Segment[] = [];
    let [last, atStep] = [null as number | null, 0];
    for (const { world, samples } of phases) {
      const added = segmentsOf(world.get(key), samples, last, (atStep * stepMs) / 1000, stepMs / 1000);
      segments.push(...added);
      last = added.map(lastOf).findLast((value) => value !== null) ?? last;
      atStep += samples;
    }
    return { labels, segments };
  });
}

function segmentsOf(
  demand: ReturnType<World['get']>,
  count: number,
  last: number | null,
  seconds: number,
  stepSeconds: number,
): readonly Segment[] {
  if (count <= 0) return [];
  if (demand === undefined || demand.isAbsent) return goneSince(demand?.first ?? null, count);
  const { level, slope, clock, first } = demand;
  const increment = ((slope ?? 0) + (clock ?? 0)) * stepSeconds;
  const start = level === null ? free(slope, last, increment) : level + (clock ?? 0) * seconds;
  if (first === null) return [{ kind: 'line', start, increment, count }];
  const peak: Segment = { kind: 'line', start: first, increment: 0, count: 1 };
  return count === 1 ? [peak] : [peak, { kind: 'line', start, increment, count: count - 1 }];
}

function goneSince(first: number | null, count: number): readonly Segment[] {
  if (first === null) return [{ kind: 'gap', count }];
  const once: Segment = { kind: 'line', start: first, increment: 0, count: 1 };
  return count === 1 ? [once] : [once, { kind: 'gap', count: count - 1 }];
}

/** Nothing says where it begins: a counter at zero or where it was, anything else at one. */
function free(slope: number | null, last: number | null, increment: number): number {
  if (slope === null) return last ?? 1;
  if (last !== null) return last + increment;
  return slope < 0 ? 1_000_000 : 0;
}

function lastOf(segment: Segment): number | null {
  return segment.kind === 'gap' ? null : (valuesOf(segment).at(-1) as number);
}

/** Added up one after another, as promtool does it: the last bit counts at the edge of a threshold. */
function valuesOf(segment: Segment): readonly (number | undefined)[] {
  if (segment.kind === 'gap') return new Array<undefined>(segment.count).fill(undefined);
  const values: number[] = [];
  for (let value = segment.start; values.length < segment.count; value += segment.increment) values.push(value);
  return values;
}

export function storedSeries({ labels, segments }: TestSeries): StoredSeries {
  return { labels, values: segments.flatMap(valuesOf) };
}

/** `up{class="host",item="a"}` */
export function printLabels({ __name__: name = '', ...labels }: Labels): string {
  const printed = Object.keys(labels)
    .sort()
    .map((label) => `${label}=${JSON.stringify(labels[label])}`);
  return `${name}{${printed.join(',')}}`;
}

/** In promtool's notation: `0+60x29`. */
export function printValues({ segments }: TestSeries): string {
  return segments.map(printSegment).join(' ');
}

function printSegment(segment: Segment): string {
  if (segment.kind === 'gap') return segment.count === 1 ? '_' : `_x${segment.count}`;
  const { start, increment, count } = segment;
  if (count === 1) return String(start);
  if (increment === 0) return `${start}x${count - 1}`;
  return `${start}${increment < 0 ? '' : '+'}${increment}x${count - 1}`;
}
