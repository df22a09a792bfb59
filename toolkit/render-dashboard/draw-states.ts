import type { FieldSettings } from '../languages/grafana/index.ts';
import type { ChartOption } from './chart.ts';
import type { PanelDrawing } from './draw-panel.ts';
import type { NamedSeries, TimeRange } from './panel-data.ts';
import { seriesOf } from './series-of.ts';
import { rectangle, shorten, text, widthOf } from './svg.ts';
import { timeAxis } from './time-axis.ts';
import { fieldOf, showValue } from './values.ts';

/** Which state held when: a row for each series. */
export function drawStates(drawing: PanelDrawing): string {
  const { panel, place, theme, charts, range } = drawing;
  const all = seriesOf(drawing);
  const rowsFitting = Math.max(1, Math.floor((place.height - 48) / 17));
  const series = all.slice(0, rowsFitting);
  const fields = series.map(({ name, refId, labels }) => fieldOf(panel, name, refId, labels));
  const names = series.map(({ name }, index) => fields[index]?.displayName || name);
  const cells = series.flatMap((one, row) =>
    runsOf(one, fields[row] ?? panel.field, range).map((run) => ({ ...run, row })),
  );
  const chartPlace = { ...place, height: place.height - 22 };
  const option = cellChart(drawing, names, cells);
  const words = legendOf(cells, all.length - series.length);
  return charts.draw(option, chartPlace) + drawWords(words, { ...place, y: place.y + chartPlace.height }, theme);
}

export interface Cell {
  readonly row: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly colour: string;
  readonly word: string;
}

/** Points of one state, one after the other, are one cell. */
function runsOf(
  { points }: NamedSeries,
  field: FieldSettings,
  { stepMs, toMs }: TimeRange,
): readonly Omit<Cell, 'row'>[] {
  const runs: { fromMs: number; toMs: number; colour: string; word: string }[] = [];
  for (const [ms, value] of points) {
    if (Number.isNaN(value)) continue;
    const { text: word, colour } = showValue(value, field);
    const last = runs.at(-1);
    const endMs = Math.min(toMs, ms + stepMs);
    if (last !== undefined && last.word === word && ms - last.toMs <= stepMs * 0.5) last.toMs = endMs;
    else runs.push({ fromMs: ms, toMs: endMs, colour, word });
  }
  return runs;
}

/** What is the same of states over time and of heat maps: coloured cells in named rows. */
export function cellChart(drawing: PanelDrawing, names: readonly string[], cells: readonly Cell[]): ChartOption {
  const { theme, place } = drawing;
  const nameWidth = Math.min(place.width * 0.3, Math.max(20, ...names.map((name) => widthOf(name, 11))));
  return {
    grid: { left: 8, right: 14, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: timeAxis(drawing),
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: {
        color: theme.text,
        fontSize: 11,
        interval: 0,
        formatter: (name: string) => shorten(name, 11, nameWidth),
      },
    },
    series: [
      { type: 'custom', data: cells.map(({ row, fromMs, toMs }) => [row, fromMs, toMs]), renderItem: drawCell(cells) },
    ],
  };
}

interface ItemApi {
  value(dimension: number): number;
  coord(point: readonly number[]): readonly [number, number];
  size(extent: readonly number[]): readonly [number, number];
}

function drawCell(cells: readonly Cell[]) {
  return ({ dataIndex }: { readonly dataIndex: number }, api: unknown) => {
    const { value, coord, size } = api as ItemApi;
    const [left, middle] = coord([value(1), value(0)]);
    const [right] = coord([value(2), value(0)]);
    const [, band] = size([0, 1]);
    const height = Math.min(26, band * 0.8);
    return {
      type: 'rect',
      shape: { x: left, y: middle - height / 2, width: Math.max(1, right - left), height },
      style: { fill: cells[dataIndex]?.colour ?? '#888888' },
    };
  };
}

interface StateWord {
  readonly word: string;
  readonly colour: string;
}

function legendOf(cells: readonly Cell[], hidden: number): readonly StateWord[] {
  const words = new Map(cells.map(({ word, colour }) => [word, colour]));
  const found = [...words].map(([word, colour]) => ({ word, colour })).slice(0, 8);
  return hidden > 0 ? [...found, { word: `… ${hidden} more rows`, colour: 'none' }] : found;
}

function drawWords(words: readonly StateWord[], place: PanelDrawing['place'], theme: PanelDrawing['theme']): string {
  let x = place.x + 10;
  return words
    .map(({ word, colour }) => {
      const drawn =
        rectangle(x, place.y + 5, 11, 11, colour, { rx: 2 }) +
        text(x + 17, place.y + 15, word, { size: 12, fill: theme.text });
      x += widthOf(word, 12) + 36;
      return drawn;
    })
    .join('');
}
