import { asFields, type FieldSettings, formatValue, listOf, textOf } from '../languages/grafana/index.ts';
import type { PanelDrawing } from './draw-panel.ts';
import { drawLegend, legendHeight } from './legend.ts';
import type { NamedSeries, TimeRange } from './panel-data.ts';
import { seriesOf } from './series-of.ts';
import { colourOf } from './theme.ts';
import { timeAxis } from './time-axis.ts';
import { fieldOf } from './values.ts';

/** More are never told apart, and a picture of thousands would be megabytes. */
const mostSeries = 100;

/** Lines, bars or points over time, with a legend below. */
export function drawTrend(drawing: PanelDrawing): string {
  const { panel, place, theme, charts, range } = drawing;
  const all = seriesOf(drawing);
  const series = all.slice(0, mostSeries);
  const fields = series.map(({ name, refId, labels }) => fieldOf(panel, name, refId, labels));
  const colours = fields.map((field, index) =>
    field.fixedColour === ''
      ? seriesColour(series[index]?.name ?? '', index, theme.palette)
      : colourOf(field.fixedColour),
  );
  const entries = series.map((one, index) => ({
    name: fields[index]?.displayName || one.name,
    colour: colours[index] ?? '',
    series: one,
    field: fields[index] ?? panel.field,
  }));
  const legend = asFields(panel.options.legend);
  const isShown = legend.showLegend !== false && legend.displayMode !== 'hidden';
  const calculations = legend.displayMode === 'table' ? listOf(legend.calcs).map(textOf) : [];
  const below = isShown ? legendHeight(entries.length, place, calculations.length > 0) : 0;
  const chartPlace = { ...place, height: place.height - below };
  const chart = charts.draw(
    {
      grid: { left: 8, right: 14, top: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: timeAxis(drawing),
      yAxis: valueAxis(drawing, chartPlace.height),
      series: entries.map(({ colour, series: one, field, name }, index) => ({
        ...shapeOf(field, colour),
        name,
        data: withGaps(one, range),
        showSymbol: one.points.length < 3,
        symbolSize: 4,
        markLine: index === 0 ? stepLines(panel.field) : undefined,
      })),
    },
    chartPlace,
  );
  const more = all.length > mostSeries ? ` (${all.length - mostSeries} more are not drawn)` : '';
  if (!isShown) return chart;
  const legendPlace = { ...place, y: place.y + chartPlace.height, height: below };
  return chart + drawLegend(entries, calculations, { drawing, place: legendPlace, more });
}

const wellKnown: Readonly<Record<string, string>> = { critical: 'red', warning: 'orange', info: 'blue' };

function seriesColour(name: string, index: number, palette: readonly string[]): string {
  const known = wellKnown[name];
  return known === undefined ? (palette[index % palette.length] ?? '#888888') : colourOf(known);
}

function shapeOf({ custom }: FieldSettings, colour: string): Readonly<Record<string, unknown>> {
  const opacity = (Number(custom.fillOpacity ?? 0) || 0) / 100;
  const isStacked = asFields(custom.stacking).mode === 'normal';
  if (custom.drawStyle === 'bars')
    return { type: 'bar', itemStyle: { color: colour }, barMaxWidth: 8, ...(isStacked ? { stack: 'all' } : {}) };
  const style = asFields(custom.lineStyle).fill === 'dash' ? 'dashed' : 'solid';
  return {
    type: 'line',
    lineStyle: { color: colour, width: Math.min(4, Number(custom.lineWidth ?? 1) || 1) * 1.3, type: style },
    itemStyle: { color: colour },
    ...(opacity > 0 ? { areaStyle: { color: colour, opacity } } : {}),
    ...(isStacked ? { stack: 'all' } : {}),
    ...(textOf(custom.lineInterpolation).startsWith('step') ? { step: 'end' } : {}),
  };
}

/** A line is broken where points are missing: that nothing was measured is something to see. */
function withGaps({ points }: NamedSeries, { stepMs }: TimeRange): readonly (readonly [number, number | null])[] {
  const data: (readonly [number, number | null])[] = [];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before !== undefined && point[0] - before[0] > stepMs * 1.5) data.push([before[0] + stepMs, null]);
    data.push(Number.isFinite(point[1]) ? point : [point[0], null]);
  }
  return data;
}

function valueAxis(drawing: PanelDrawing, height: number): Readonly<Record<string, unknown>> {
  const { panel, theme } = drawing;
  const { field } = panel;
  const ticks = Math.max(2, Math.min(6, Math.round(height / 45)));
  return {
    type: 'value',
    scale: field.min === null,
    ...(field.min === null ? {} : { min: field.min }),
    ...(field.max === null ? {} : { max: field.max }),
    splitNumber: ticks,
    ...tickInterval(field, seriesOf(drawing), ticks),
    splitLine: { lineStyle: { color: theme.grid } },
    axisLabel: {
      color: theme.faint,
      fontSize: 11,
      formatter: (value: number) => formatValue(value, field.unit, field.decimals),
    },
  };
}

/** Steps in which people reckon the unit: hours and days, mebibytes, tenths of a whole. */
function tickInterval(
  { unit, min, max }: FieldSettings,
  series: readonly NamedSeries[],
  ticks: number,
): { readonly interval?: number; readonly min?: number; readonly max?: number } {
  const sizes = niceSteps[unit];
  if (sizes === undefined) return {};
  let [least, most] = [min ?? Number.POSITIVE_INFINITY, max ?? Number.NEGATIVE_INFINITY];
  for (const { points } of series) {
    for (const [, value] of points) {
      if (!Number.isFinite(value)) continue;
      if (max === null && value > most) most = value;
      if (min === null && value < least) least = value;
    }
  }
  const wanted = (most - least) / ticks;
  const interval = sizes.find((size) => size >= wanted);
  if (wanted <= 0 || wanted < (sizes[0] ?? 0) / 5 || interval === undefined) return {};
  return {
    interval,
    ...(min === null ? { min: Math.floor(least / interval) * interval } : {}),
    ...(max === null ? { max: Math.ceil(most / interval) * interval } : {}),
  };
}

const binarySteps = Array.from({ length: 45 }, (_, power) => 2 ** (power + 10));
const niceSteps: Readonly<Record<string, readonly number[]>> = {
  s: [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400, 172_800, 604_800,
  ].concat(Array.from({ length: 8 }, (_, power) => 604_800 * 2 ** (power + 1))),
  bytes: binarySteps,
  percentunit: [0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.5],
};

function stepLines(field: FieldSettings): Readonly<Record<string, unknown>> | undefined {
  const mode = textOf(asFields(field.custom.thresholdsStyle).mode);
  if (!mode.startsWith('line') && mode !== 'dashed' && mode !== 'area') return undefined;
  const lines = field.steps.filter(({ from }, index) => from !== null && index > 0);
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    data: lines.map(({ from, colour }, index) => {
      // Where low is bad, the line is the end of the colour below it.
      const below = field.steps[field.steps.indexOf(lines[index] ?? { from, colour }) - 1];
      const isBad = colour !== 'green' || below === undefined;
      return {
        yAxis: from,
        lineStyle: { color: colourOf(isBad ? colour : below.colour), type: 'dashed', width: 1, opacity: 0.8 },
      };
    }),
  };
}
