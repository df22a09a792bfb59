export type Labels = Readonly<Record<string, string>>;

/** Samples of one series as a range query gives them, in order of time. */
export interface SampledSeries {
  readonly labels: Labels;
  readonly timesMs: readonly number[];
  /** As many as there are times. */
  readonly values: readonly number[];
}

/** A stretch of time; `toMs` is not in it. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The moments at which an expression was looked at: `fromMs`, one step later, and so on, up to and with `toMs`. */
export interface TimeGrid extends Stretch {
  readonly stepMs: number;
}

export function labelKey(labels: Labels): string {
  const names = Object.keys(labels).sort();
  return JSON.stringify(names.map((name) => [name, labels[name]]));
}

/** Without the name of the metric, and without others that are told apart elsewhere. */
export function withoutNames(labels: Labels, ...names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__' && !names.includes(name)));
}

export function isWithin(stretches: readonly Stretch[], atMs: number): boolean {
  return stretches.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}

/** Stretches in order of time, those that touch made one. */
export function joinStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of [...stretches].sort((left, right) => left.fromMs - right.fromMs)) {
    const last = joined.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else joined.push({ fromMs, toMs });
  }
  return joined;
}

export function totalMs(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
}

/** How long both hold. Each list is joined. */
export function overlapMs(left: readonly Stretch[], right: readonly Stretch[]): number {
  let [total, position] = [0, 0];
  for (const { fromMs, toMs } of left) {
    while ((right[position]?.toMs ?? Number.POSITIVE_INFINITY) <= fromMs) position += 1;
    for (let at = position; (right[at]?.fromMs ?? Number.POSITIVE_INFINITY) < toMs; at += 1) {
      const other = right[at];
      if (other !== undefined) total += Math.min(toMs, other.toMs) - Math.max(fromMs, other.fromMs);
    }
  }
  return total;
}
