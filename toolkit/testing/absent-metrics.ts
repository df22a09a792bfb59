import { metricOf, parseExpression, selectorsIn } from '../languages/promql/index.ts';
import { type ObjectClass, type Reading, readingsOf } from '../model/index.ts';

/**
 * Metrics that the signals of a class read and that are not on a page of its exporter: a name that is there on paper alone
 * alerts on nothing. Some are there only while something is so; the test names those.
 *
 * ```ts
 * expect(absentMetrics(coldRoom, readFileSync('cmdb/classes/cold-room.metrics', 'utf8'))).toEqual([]);
 * ```
 */
export function absentMetrics(objectClass: ObjectClass, page: string): readonly string[] {
  const there = metricNames(page);
  return metricsRead(objectClass).filter((metric) => !there.has(metric));
}

/** Every metric that the signals of a class read; `up` is left out, it is Prometheus' own. */
export function metricsRead({ signals }: ObjectClass): readonly string[] {
  const readings = Object.values(signals).flatMap((signal) => Object.values(readingsOf(signal)));
  const read = new Set(readings.flatMap(metricsOfReading));
  read.delete('up');
  return [...read].sort();
}

/** Metrics that one reading asks for, however its expression is written. */
export function metricsOfReading({ expression }: Reading): readonly string[] {
  const select = (metric: string, matchers = ''): string => `${metric}{${matchers}}`;
  const text = expression(Object.assign(select, { where: {} }));
  const parsed = parseExpression(text);
  if (parsed.kind === 'refused') throw new Error(`${text} is not PromQL.`);
  return [...new Set(selectorsIn(parsed.expression).flatMap((selector) => metricOf(selector) ?? []))];
}

/** The metrics on a page in the text format of Prometheus. */
export function metricNames(page: string): ReadonlySet<string> {
  return new Set(page.split('\n').flatMap((line) => /^([a-zA-Z_:][\w:]*)[{ ]/.exec(line)?.[1] ?? []));
}
