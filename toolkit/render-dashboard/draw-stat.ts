import { textOf } from '../languages/grafana/index.ts';
import type { PanelDrawing } from './draw-panel.ts';
import type { NamedSeries } from './panel-data.ts';
import { type ReducedValue, reduceAll } from './reduce-all.ts';
import { seriesOf } from './series-of.ts';
import { element, rectangle, text, widthOf } from './svg.ts';
import { inkOn } from './theme.ts';
import { clamp, tiling } from './tiling.ts';
import { showValue } from './values.ts';

/** Large numbers side by side, as many rows of them as make the tiles nearest to the shape that reads best. */
export function drawStat(drawing: PanelDrawing): string {
  const { panel, place } = drawing;
  const values = reduceAll(drawing).slice(0, 200);
  const isMap = panel.options.textMode === 'value_and_name' || panel.options.textMode === 'name';
  const { columns, rows } = tiling(values.length, place.width, place.height, isMap ? 2.6 : 1.9);
  const [width, height] = [place.width / columns, place.height / rows];
  const sizes = tileSizes(drawing, values, width - 4, height - 4);
  return values
    .map((value, index) => {
      const x = place.x + (index % columns) * width;
      const y = place.y + Math.floor(index / columns) * height;
      const gap = values.length > 1 ? 2 : 0;
      const inside = { x: x + gap, y: y + gap, width: width - 2 * gap, height: height - 2 * gap };
      return drawTile(drawing, value, inside, sizes);
    })
    .join('');
}

interface TileSizes {
  readonly name: number;
  readonly value: number;
}

/** The same in all tiles, by most of the names: those that are longer yet are written smaller, or cut. */
function tileSizes(drawing: PanelDrawing, values: readonly ReducedValue[], width: number, height: number): TileSizes {
  const name = usual(values.map((value) => value.name));
  const label = usual(values.map((value) => labelOf(drawing, value)));
  return {
    name: fitting(name, width - 14, Math.min(height * 0.22, 28), 28),
    value: fitting(label, width * 0.86, height * (showsNames(drawing) ? 0.36 : 0.55), 64),
  };
}

/** Of ten texts, the seventh by width. */
function usual(texts: readonly string[]): string {
  const byWidth = texts.toSorted((left, right) => widthOf(left, 1) - widthOf(right, 1));
  return byWidth[Math.floor((byWidth.length - 1) * 0.7)] ?? '';
}

function textModeOf({ panel }: PanelDrawing): string {
  return textOf(panel.options.textMode) || 'auto';
}

function showsNames(drawing: PanelDrawing): boolean {
  const mode = textModeOf(drawing);
  return mode === 'value_and_name' || (mode === 'auto' && seriesOf(drawing).length !== 1);
}

function labelOf(drawing: PanelDrawing, { name, value, field }: ReducedValue): string {
  return textModeOf(drawing) === 'name' ? name : showValue(value, field).text;
}

function drawTile(
  drawing: PanelDrawing,
  reduced: ReducedValue,
  place: PanelDrawing['place'],
  sizes: TileSizes,
): string {
  const { panel, theme } = drawing;
  const { colour } = showValue(reduced.value, reduced.field);
  const mode = textOf(panel.options.colorMode) || 'value';
  const isFilled = mode.startsWith('background');
  const ink = isFilled ? inkOn(colour) : theme.text;
  const middle = place.x + place.width / 2;
  const hasName = showsNames(drawing);
  const valueY = place.y + place.height * (hasName ? 0.66 : 0.5) + sizes.value * 0.35;
  const nameSize = Math.min(sizes.name, fitting(reduced.name, place.width - 10, sizes.name, sizes.name));
  const label = labelOf(drawing, reduced);
  const valueSize = Math.min(sizes.value, fitting(label, place.width * 0.92, sizes.value, sizes.value));
  const nameY = place.y + place.height * 0.12 + sizes.name;
  const name = { size: nameSize, fill: ink, anchor: 'middle', width: place.width - 12 } as const;
  const value = {
    size: valueSize,
    fill: isFilled || mode === 'none' ? ink : colour,
    anchor: 'middle',
    weight: 600,
    width: place.width - 8,
  } as const;
  return [
    isFilled ? rectangle(place.x, place.y, place.width, place.height, colour, { rx: 3 }) : '',
    panel.options.graphMode === 'area' ? sparkline(reduced.series, place, isFilled ? ink : colour) : '',
    hasName ? text(middle, nameY, reduced.name, name) : '',
    textModeOf(drawing) === 'none' ? '' : text(middle, valueY, label, value),
  ].join('');
}

function fitting(content: string, width: number, height: number, most: number): number {
  const perPixel = widthOf(content, 1) * 1.08;
  return clamp(Math.min(height, width / Math.max(0.5, perPixel)), 9, most);
}

function sparkline({ points }: NamedSeries, { x, y, width, height }: PanelDrawing['place'], colour: string): string {
  const finite = points.filter(([, value]) => Number.isFinite(value));
  const [first] = finite;
  const last = finite.at(-1);
  if (first === undefined || last === undefined || first[0] === last[0]) return '';
  const low = finite.reduce((least, [, value]) => Math.min(least, value), first[1]);
  const high = finite.reduce((most, [, value]) => Math.max(most, value), first[1]);
  const at = finite.map(([ms, value]) => {
    const left = x + ((ms - first[0]) / (last[0] - first[0])) * width;
    const top = y + height - 2 - (high === low ? 0 : ((value - low) / (high - low)) * height * 0.3);
    return `${left.toFixed(1)},${top.toFixed(1)}`;
  });
  return element('polyline', { points: at.join(' '), fill: 'none', stroke: colour, 'stroke-opacity': 0.5 });
}
