/** Labels of a series; its name is the label `__name__`. */
export type Labels = Readonly<Record<string, string>>;

/** One element of an instant vector. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** A point of a range: milliseconds since the start of the test. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/**
 * One series by the steps of a test. `undefined`: nothing was scraped, so that what was there before is still seen for
 * five minutes. `null`: a rule no longer gives it, and it is gone at once.
 */
export interface StoredSeries {
  readonly labels: Labels;
  readonly values: (number | null | undefined)[];
}

/** What Prometheus looks back for a sample. */
const lookbackMs = 300_000;

/** The series of one test, as Prometheus would hold them. */
export class SeriesStore {
  readonly stepMs: number;
  readonly #byMetric = new Map<string, StoredSeries[]>();
  readonly #byKey = new Map<string, StoredSeries>();

  constructor(stepMs: number, series: readonly StoredSeries[]) {
    this.stepMs = stepMs;
    for (const { labels, values } of series) this.#add(labels, [...values]);
  }

  /** Of one metric, or of all where the name is not known. */
  candidates(metric: string | null): readonly StoredSeries[] {
    return metric === null ? [...this.#byKey.values()] : (this.#byMetric.get(metric) ?? []);
  }

  write(labels: Labels, step: number, value: number | null): void {
    const series = this.#byKey.get(keyOf(labels)) ?? this.#add(labels, []);
    series.values[step] = value;
  }

  valueAt({ values }: StoredSeries, at: number): number | null {
    const oldest = at - lookbackMs;
    for (let step = Math.floor(at / this.stepMs); step >= 0 && step * this.stepMs >= oldest; step -= 1) {
      const value = values[step];
      if (value !== undefined) return value;
    }
    return null;
  }

  pointsIn({ values }: StoredSeries, from: number, to: number): readonly Point[] {
    const points: Point[] = [];
    const last = Math.min(Math.floor(to / this.stepMs), values.length - 1);
    for (let step = Math.max(0, Math.ceil(from / this.stepMs)); step <= last; step += 1) {
      const value = values[step];
      if (value !== undefined && value !== null) points.push({ at: step * this.stepMs, value });
    }
    return points;
  }

  #add(labels: Labels, values: StoredSeries['values']): StoredSeries {
    const series = { labels, values };
    const metric = labels.__name__ ?? '';
    this.#byMetric.set(metric, [...(this.#byMetric.get(metric) ?? []), series]);
    this.#byKey.set(keyOf(labels), series);
    return series;
  }
}

/** Without it, results of a calculation are. */
export const nameOnly: readonly string[] = ['__name__'];

const keys = new WeakMap<Labels, string>();
const without = new WeakMap<readonly string[], WeakMap<Labels, Labels>>();
const only = new WeakMap<readonly string[], WeakMap<Labels, Labels>>();

/** Equal for equal labels, whatever their order. The same few labels are asked for at every step, so it is remembered. */
export function keyOf(labels: Labels): string {
  const known = keys.get(labels);
  if (known !== undefined) return known;
  const key = Object.keys(labels)
    .sort()
    .flatMap((name) => (labels[name] ? [`${name}=${JSON.stringify(labels[name])}`] : []))
    .join(',');
  keys.set(labels, key);
  return key;
}

export function withoutLabels(labels: Labels, names: readonly string[]): Labels {
  return remembered(without, labels, names, (name) => !names.includes(name));
}

export function onlyLabels(labels: Labels, names: readonly string[]): Labels {
  return remembered(only, labels, names, (name) => names.includes(name));
}

function remembered(
  memory: WeakMap<readonly string[], WeakMap<Labels, Labels>>,
  labels: Labels,
  names: readonly string[],
  isKept: (name: string) => boolean,
): Labels {
  const ofNames = memory.get(names) ?? new WeakMap<Labels, Labels>();
  memory.set(names, ofNames);
  const known = ofNames.get(labels);
  if (known !== undefined) return known;
  const kept = Object.fromEntries(Object.entries(labels).filter(([name]) => isKept(name)));
  ofNames.set(labels, kept);
  return kept;
}
