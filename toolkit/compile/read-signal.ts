import type {
  Attributes,
  AttributeValues,
  ConfigurationItem,
  Criticality,
  ObjectClass,
  SeriesCondition,
  SeriesSelector,
  Signal,
} from '../model/index.ts';
import { readingsOf } from '../model/index.ts';

/** Name of the scrape job of one source of a class: a label of everything that it measures. */
export function jobName(classId: string, source: string): string {
  return `${classId}-${source}`;
}

/** Whether an item has a source of its class. */
export function hasSource(objectClass: ObjectClass, source: string, { attributes }: ConfigurationItem): boolean {
  const declared = objectClass.sources[source];
  if (declared === undefined) throw new Error(`Bug: the source ${source} of ${objectClass.id} was not checked.`);
  return declared.when?.(attributes as AttributeValues<Attributes>) ?? true;
}

/**
 * The PromQL of a signal, restricted to the class and, where that is said, to items of some criticality. Null: none of
 * the items has a source that gives it. Where several do, an item that has more than one counts once, by the first.
 */
export function readSignal(
  objectClass: ObjectClass,
  signal: Signal,
  all: readonly ConfigurationItem[],
  levels?: readonly Criticality[],
): string | null {
  const items = all.filter(({ criticality }) => levels === undefined || levels.includes(criticality));
  const readings = Object.entries(readingsOf(signal)).filter(([source]) =>
    items.some((item) => hasSource(objectClass, source, item)),
  );
  const expressions = readings.map(([source, { expression }]) => expression(selectorOf(objectClass, source, levels)));
  const [first, ...others] = expressions;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const identity = ['item', ...(signal.partLabels ?? [])].join(', ');
  return expressions.map((expression) => `(${expression})`).join(` or on (${identity}) `);
}

/** Metrics such as `up` are there once for each source; only where a class has several is the job worth its words. */
function selectorOf(
  { id, sources }: ObjectClass,
  source: string,
  levels: readonly Criticality[] | undefined,
): SeriesSelector {
  const where: Readonly<Record<string, SeriesCondition>> = {
    class: id,
    ...(Object.keys(sources).length > 1 ? { job: jobName(id, source) } : {}),
    ...(levels === undefined ? {} : { criticality: { operator: '=~', value: levels.join('|') } }),
  };
  const own = Object.entries(where).map(([label, test]) =>
    typeof test === 'string' ? `${label}="${test}"` : `${label}${test.operator}"${test.value}"`,
  );
  const select = (metric: string, matchers?: string): string =>
    `${metric}{${[...own, ...(matchers === undefined ? [] : [matchers])].join(',')}}`;
  return Object.assign(select, { where });
}
