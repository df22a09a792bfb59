import { alarmSeries } from './generated-alarms.ts';
import { hashOf, pointsOf } from './generated-values.ts';
import { fits, type GeneratedWorld, type SeriesLabels } from './generated-world.ts';
import type { AnswerHint, Asked, MetricsSource, Sample } from './metrics-source.ts';
import type { FiringAlert, TimeRange } from './panel-data.ts';

/**
 * Values that nobody measured, such that panels look as they will: in their units, of the items that have them, mostly where
 * all is well, now and then where it is not. The same seed gives the same picture.
 */
export function generatedSource(world: GeneratedWorld): MetricsSource {
  const answer = (expression: string, range: TimeRange, hint: AnswerHint) =>
    ok(alarmSeries(world, expression, range, hint) ?? seriesOf(world, expression, range, hint));
  return {
    origin: `generated data, seed ${world.seed}`,
    labelValues: async (label) => ok(valuesOf(world, label)),
    query: async (expression, range, hint) => answer(expression, { ...range, fromMs: range.toMs }, hint),
    queryRange: async (expression, range, hint) => answer(expression, range, hint),
    alerts: async () => ok(alertsOf(world)),
  };
}

function ok<Value>(value: Value): Asked<Value> {
  return { ok: true, value };
}

function valuesOf({ labels, items = [] }: GeneratedWorld, label: string): readonly string[] {
  const ofItems = items.flatMap((item) => item[label] ?? []);
  if (ofItems.length > 0) return [...new Set(ofItems)];
  return labels[label] ?? [1, 2, 3].map((number) => `${label}-${number}`);
}

const mostSeries = 6;

function seriesOf(world: GeneratedWorld, expression: string, range: TimeRange, hint: AnswerHint): readonly Sample[] {
  const key = `${world.seed} ${namesIn(expression)}`;
  if (hint.labels.length === 0) return [{ labels: {}, points: pointsOf(key, range, hint) }];
  const rows = rowsOf(world, expression, hint.labels).map((labels) => ({
    labels,
    points: pointsOf(`${key} ${JSON.stringify(labels)}`, range, hint),
  }));
  return sorted(rows, expression);
}

/** The same series has the same values in every panel, but for those that ask where it will be. */
function namesIn(expression: string): string {
  const future = expression.match(/\bpredict_linear\b/g) ?? [];
  return [...new Set([...future, ...(expression.match(/\b[a-z]\w*:\w+/g) ?? [expression])])].join(' ');
}

function rowsOf(world: GeneratedWorld, expression: string, names: readonly string[]): readonly SeriesLabels[] {
  const ofItems = names.filter((name) => world.items?.some((item) => item[name] !== undefined));
  const items = (world.items ?? []).filter((item) => fits(item, expression));
  if (ofItems.length > 0 && items.length === 0) return [];
  const bases = ofItems.length === 0 ? [{}] : distinct(items.map((item) => picked(item, ofItems))).slice(0, mostSeries);
  const free = names.filter((name) => !ofItems.includes(name));
  const parts = Math.max(1, ...free.map((name) => valuesOf(world, name).length));
  const rows = Array.from({ length: Math.max(bases.length, Math.min(mostSeries, parts)) }, (_, index) => {
    const made = free.map((name, place) => [name, valueAt(world, name, index, place === 0 && ofItems.length === 0)]);
    return {
      ...bases[index % bases.length],
      ...Object.fromEntries(made),
      ...fixedIn(expression, names),
    } as SeriesLabels;
  });
  return distinct(rows);
}

function picked(labels: SeriesLabels, names: readonly string[]): SeriesLabels {
  return Object.fromEntries(names.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));
}

function distinct(rows: readonly SeriesLabels[]): readonly SeriesLabels[] {
  return [...new Map(rows.map((labels) => [JSON.stringify(labels), labels])).values()];
}

/** The first label counts through its values, the others have any. */
function valueAt(world: GeneratedWorld, name: string, index: number, isFirst: boolean): string {
  const values = valuesOf(world, name);
  const place = isFirst ? index : hashOf(`${world.seed}${name}${index}`);
  return values[place % values.length] ?? '';
}

function fixedIn(expression: string, names: readonly string[]): SeriesLabels {
  const fixed = [...expression.matchAll(/(\w+)="([^"$|]+)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return Object.fromEntries(fixed.filter(([name]) => names.includes(name)));
}

/** As the server would, where the query says so. */
function sorted(samples: readonly Sample[], expression: string): readonly Sample[] {
  const last = ({ points }: Sample) => points.at(-1)?.[1] ?? 0;
  if (/^\s*(sort_desc|topk)\b/.test(expression)) return samples.toSorted((left, right) => last(right) - last(left));
  return /^\s*(sort|bottomk)\b/.test(expression)
    ? samples.toSorted((left, right) => last(left) - last(right))
    : samples;
}

function alertsOf({ alarms = [] }: GeneratedWorld): readonly FiringAlert[] {
  return alarms.map(({ labels, severity }) => ({
    name: labels.alertname ?? '',
    severity,
    labels: { item: labels.item ?? '' },
    state: 'firing',
    sinceMs: null,
    summary: '',
  }));
}
