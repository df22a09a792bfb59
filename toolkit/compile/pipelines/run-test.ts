import { relabel } from '../../languages/relabelling/index.ts';
import type { Pipeline, PipelineTest } from '../../model/index.ts';
import { evaluatePipeline } from './evaluate.ts';
import { madeMetrics, seriesNames } from './made-metrics.ts';
import { printSeries, readSeries } from './series-text.ts';
import { toRelabelling } from './to-relabelling.ts';

/** What a test finds wrong, by what steps mean; nothing where the pipeline does as it says. */
export function runTest(pipeline: Pipeline, test: PipelineTest): readonly string[] {
  if (pipeline.from.kind === 'metrics') return compareRecords('series', cleanSeries(pipeline, test.lines), test);
  const { metrics, shipped } = evaluatePipeline(pipeline, test.lines, test.path ?? null);
  const sinks = Object.keys(test.records ?? {});
  return [
    ...compareMetrics(pipeline, metrics, test),
    ...sinks.flatMap((sink) => compareRecords(sink, shipped[sink] ?? [], test)),
  ];
}

/**
 * Holds what a program shows against what a test says: of every metric that the test names, all series. A histogram is
 * looked at by the parts of it that are named.
 */
export function compareMetrics(
  pipeline: Pipeline,
  found: ReadonlyMap<string, number>,
  { metrics = {} }: PipelineTest,
): readonly string[] {
  const expected = new Map(Object.entries(metrics).map(([series, value]) => [normal(series), value] as const));
  const known = madeMetrics(pipeline).flatMap(seriesNames);
  const unknown = [...expected.keys()].filter((series) => !known.includes(nameOf(series)));
  const named = new Set([...expected.keys()].map(nameOf));
  const all = new Set([...expected.keys(), ...[...found.keys()].filter((series) => named.has(nameOf(series)))]);
  const wrong = [...all].sort().filter((series) => !isClose(expected.get(series) ?? 0, found.get(series) ?? 0));
  return [
    ...unknown.map((series) => `${series} is no series that it makes.`),
    ...wrong
      .filter((series) => !unknown.includes(series))
      .map((series) => `${series} is ${found.get(series) ?? 'not there'}, and not ${expected.get(series) ?? 'there'}.`),
  ];
}

function normal(series: string): string {
  const read = readSeries(series);
  return read === null ? series : printSeries(read.name, read.labels);
}

function nameOf(series: string): string {
  return series.split('{')[0] ?? series;
}

/** Programs add in another order, and print fewer digits. */
function isClose(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}

type Fields = Readonly<Record<string, string | number>>;

function compareRecords(sink: string, found: readonly Fields[], { records = {} }: PipelineTest): readonly string[] {
  const expected = records[sink];
  if (expected === undefined) return [];
  const count = `${sink} gets ${found.length} records, and not ${expected.length}.`;
  const fields = expected.flatMap((record, index) =>
    Object.entries(record).flatMap(([field, value]) => {
      const actual = found[index]?.[field];
      if (found[index] === undefined || String(actual ?? '') === String(value)) return [];
      return [
        `Record ${index + 1} of ${sink} has ${field} ${JSON.stringify(actual ?? null)}, and not ${JSON.stringify(value)}.`,
      ];
    }),
  );
  return found.length === expected.length ? fields : [count, ...fields];
}

/** What relabelling leaves of the series of an exporter; the name is the field `metric`. */
function cleanSeries(pipeline: Pipeline, lines: readonly string[]): readonly Fields[] {
  const rules = toRelabelling(pipeline);
  return lines.flatMap((line) => {
    const read = readSeries(line);
    const cleaned = read === null ? null : relabel({ __name__: read.name, ...read.labels }, rules);
    if (cleaned === null) return [];
    const { __name__: metric = '', ...labels } = cleaned;
    return [{ metric, ...labels }];
  });
}
