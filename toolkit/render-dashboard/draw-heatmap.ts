import { formatValue } from '../languages/grafana/index.ts';
import type { PanelDrawing } from './draw-panel.ts';
import { type Cell, cellChart } from './draw-states.ts';
import type { NamedSeries } from './panel-data.ts';
import { seriesOf } from './series-of.ts';

/** How much fell into which bucket when; the more, the stronger the colour. */
export function drawHeatmap(drawing: PanelDrawing): string {
  const { panel, place, range, charts } = drawing;
  const rows = [...bucketsOf(seriesOf(drawing))].reverse().slice(0, 60);
  const most = rows.reduce((all, { points }) => points.reduce((one, [, value]) => Math.max(one, value), all), 0);
  const cells = rows.flatMap(({ points }, row) =>
    points.flatMap(([ms, value]): readonly Cell[] =>
      value > 0 ? [{ row, fromMs: ms - range.stepMs, toMs: ms, colour: heat(value / most), word: '' }] : [],
    ),
  );
  const names = rows.map(({ name }) =>
    /^[\d.e+-]+$/i.test(name) ? formatValue(Number(name), panel.field.unit) : name,
  );
  return charts.draw(cellChart(drawing, names, cells), place);
}

/** Buckets of a histogram hold all that is smaller as well. */
function bucketsOf(series: readonly NamedSeries[]): readonly NamedSeries[] {
  const bounds = series.map((one) => ({ one, le: boundOf(one) }));
  if (bounds.some(({ le }) => le === null)) return series;
  const rising = bounds.sort((left, right) => (left.le ?? 0) - (right.le ?? 0));
  return rising.map(({ one }, index) => {
    const below = new Map(rising[index - 1]?.one.points ?? []);
    const points = one.points.map(([ms, value]) => [ms, Math.max(0, value - (below.get(ms) ?? 0))] as const);
    return { ...one, name: one.labels.le ?? one.name, points };
  });
}

function boundOf({ labels, name }: NamedSeries): number | null {
  const le = labels.le ?? name;
  if (le === '+Inf') return Number.POSITIVE_INFINITY;
  return le !== '' && Number.isFinite(Number(le)) ? Number(le) : null;
}

function heat(share: number): string {
  const strength = Math.sqrt(Math.min(1, share));
  const channel = (from: number, to: number) => Math.round(from + (to - from) * strength);
  return `rgb(${channel(60, 255)},${channel(40, 170)},${channel(90, 40)})`;
}
