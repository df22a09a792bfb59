import {
  isInHours,
  isWithin,
  joinStretches,
  labelKey,
  type SampledSeries,
  type Stretch,
  type TimeGrid,
} from '../history/index.ts';
import { injectMatchers, parseExpression, printExpression } from '../languages/promql/index.ts';
import type { Calendar } from '../model/index.ts';
import type { HistoryServer } from './backtest-queries.ts';

export interface SampleWish {
  readonly expression: string;
  readonly items: readonly string[];
  readonly grid: TimeGrid;
  readonly calendar: Calendar | null;
  readonly keepFiring: boolean;
}

/** Samples of one item that count, by part of it, and what was left out. */
export interface CountedSamples {
  readonly item: string;
  readonly samples: ReadonlyMap<string, readonly { readonly atMs: number; readonly value: number }[]>;
  /** How long there are samples that count. */
  readonly countedMs: number;
  /** Shares of the time with samples. */
  readonly firingShare: number;
  readonly maintenanceShare: number;
  readonly least: number | null;
  readonly most: number | null;
}

/** The past of a signal, without the times in which an alert fired for the item, and without maintenance. */
export async function countSamples(
  server: HistoryServer,
  { expression, items, grid, calendar, keepFiring }: SampleWish,
): Promise<{ readonly items: readonly CountedSamples[]; readonly isRecorded: boolean }> {
  const series = await server.range(restrictToItems(expression, items), grid);
  const alerts = await server.range(restrictToItems('ALERTS', items), grid);
  const firing = firingByItem(alerts, grid);
  const isMaintenance = maintenanceOf(calendar, grid);
  const byItem = Map.groupBy(series, ({ labels }) => labels.item ?? '');
  const counted = [...byItem].filter(([item]) => item !== '' && (items.length === 0 || items.includes(item)));
  return {
    items: counted
      .map(([item, own]) =>
        countItem(item, own, { stretches: firing.get(item) ?? [], isMaintenance, keepFiring, grid }),
      )
      .sort((left, right) => (left.item < right.item ? -1 : 1)),
    isRecorded: alerts.length > 0,
  };
}

/** Only what is asked for is read: a signal keeps the labels of its item. */
export function restrictToItems(expression: string, items: readonly string[]): string {
  const parsed = items.length === 0 ? null : parseExpression(expression);
  if (parsed?.kind !== 'parsed') return expression;
  const value = items.map((item) => item.replaceAll(/[\\^$.|?+()[\]{}*]/g, '\\$&')).join('|');
  return printExpression(injectMatchers(parsed.expression, [{ label: 'item', operator: '=~', value }]));
}

/** From when an alert began to wait until it ended: only of those that fired. */
function firingByItem(series: readonly SampledSeries[], { stepMs }: TimeGrid): ReadonlyMap<string, readonly Stretch[]> {
  const byAlert = Map.groupBy(series, ({ labels: { alertstate: _, ...labels } }) => labelKey(labels));
  const stretches = [...byAlert.values()].flatMap((states) => {
    const fired = new Set(
      states.filter(({ labels }) => labels.alertstate === 'firing').flatMap(({ timesMs }) => timesMs),
    );
    const active = states.flatMap(({ timesMs }) => timesMs.map((fromMs) => ({ fromMs, toMs: fromMs + stepMs })));
    const item = states[0]?.labels.item ?? '';
    return joinStretches(active)
      .filter(({ fromMs, toMs }) => [...fired].some((at) => fromMs <= at && at < toMs))
      .map((stretch) => ({ item, stretch }));
  });
  const byItem = Map.groupBy(stretches, ({ item }) => item);
  return new Map([...byItem].map(([item, own]) => [item, joinStretches(own.map(({ stretch }) => stretch))]));
}

function maintenanceOf(calendar: Calendar | null, { fromMs, toMs, stepMs }: TimeGrid): (atMs: number) => boolean {
  if (calendar === null) return () => false;
  const times = new Set<number>();
  for (let at = fromMs; at <= toMs; at += stepMs) if (isInHours(calendar, at)) times.add(at);
  return (atMs) => times.has(atMs);
}

interface LeftOut {
  readonly stretches: readonly Stretch[];
  readonly isMaintenance: (atMs: number) => boolean;
  readonly keepFiring: boolean;
  readonly grid: TimeGrid;
}

function countItem(item: string, series: readonly SampledSeries[], leftOut: LeftOut): CountedSamples {
  const { stretches, isMaintenance, keepFiring, grid } = leftOut;
  const times = new Set(series.flatMap(({ timesMs }) => timesMs));
  const firing = new Set([...times].filter((at) => isWithin(stretches, at)));
  const maintenance = new Set([...times].filter(isMaintenance));
  const isCounted = (at: number) => !maintenance.has(at) && (keepFiring || !firing.has(at));
  const samples = new Map(
    series.map(({ labels, timesMs, values }) => [
      labelKey(labels),
      timesMs.flatMap((atMs, index) => {
        const value = values[index] ?? Number.NaN;
        return isCounted(atMs) && Number.isFinite(value) ? [{ atMs, value }] : [];
      }),
    ]),
  );
  const range = rangeOf([...samples.values()]);
  return {
    item,
    samples,
    countedMs: [...times].filter(isCounted).length * grid.stepMs,
    firingShare: firing.size / Math.max(1, times.size),
    maintenanceShare: maintenance.size / Math.max(1, times.size),
    ...range,
  };
}

function rangeOf(parts: readonly (readonly { readonly value: number }[])[]): Pick<CountedSamples, 'least' | 'most'> {
  let [least, most]: [number | null, number | null] = [null, null];
  for (const { value } of parts.flat()) {
    least = least === null ? value : Math.min(least, value);
    most = most === null ? value : Math.max(most, value);
  }
  return { least, most };
}
