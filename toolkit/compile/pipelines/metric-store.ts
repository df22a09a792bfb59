import type { Pipeline } from '../../model/index.ts';
import { labelName, labelsOf, type MetricStep } from './made-metrics.ts';
import type { FieldRecord } from './parse-text.ts';
import { printSeries } from './series-text.ts';

/** Series of one pipeline, as its program would show them. */
export class MetricStore {
  readonly #pipeline: Pipeline;
  readonly #series = new Map<string, number>();

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
  }

  /** A record without one of the labels has it empty. */
  add(step: MetricStep, record: FieldRecord): void {
    const labels = Object.fromEntries(
      labelsOf(this.#pipeline, step).map((field) => [labelName(this.#pipeline, field), String(record[field] ?? '')]),
    );
    if (step.step === 'measure') this.#observe(step.metric, step.buckets, labels, Number(record[step.field]));
    else if (step.step === 'gauge') this.#set(printSeries(step.metric, labels), Number(record[step.field]));
    else this.#increase(printSeries(step.metric, labels), step.sum === undefined ? 1 : Number(record[step.sum]));
  }

  values(): ReadonlyMap<string, number> {
    return new Map([...this.#series].filter(([, value]) => value !== 0));
  }

  #observe(name: string, buckets: readonly number[], labels: Readonly<Record<string, string>>, value: number): void {
    if (Number.isNaN(value)) return;
    for (const bound of [...buckets, Number.POSITIVE_INFINITY]) {
      const le = Number.isFinite(bound) ? String(bound) : '+Inf';
      if (value <= bound) this.#increase(printSeries(`${name}_bucket`, { ...labels, le }), 1);
    }
    this.#increase(printSeries(`${name}_count`, labels), 1);
    this.#increase(printSeries(`${name}_sum`, labels), value);
  }

  #increase(series: string, by: number): void {
    if (!Number.isNaN(by)) this.#series.set(series, (this.#series.get(series) ?? 0) + by);
  }

  #set(series: string, value: number): void {
    if (!Number.isNaN(value)) this.#series.set(series, value);
  }
}
