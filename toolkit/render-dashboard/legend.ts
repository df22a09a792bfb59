import type { FieldSettings } from '../languages/grafana/index.ts';
import type { ChartPlace } from './chart.ts';
import type { PanelDrawing } from './draw-panel.ts';
import type { NamedSeries } from './panel-data.ts';
import { rectangle, text, widthOf } from './svg.ts';
import { calculationTitles, reduceSeries, showValue } from './values.ts';

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly series: NamedSeries;
  readonly field: FieldSettings;
}

const lineHeight = 18;
const size = 12;

/** As much as it wants, and never so much that the graph is squeezed. */
export function legendHeight(count: number, { height }: ChartPlace, isTable: boolean): number {
  if (count === 0) return 0;
  const wanted = isTable ? (count + 1) * lineHeight + 4 : 2 * lineHeight;
  const most = Math.floor((height * 0.42) / lineHeight) * lineHeight;
  return Math.max(lineHeight, Math.min(wanted, most));
}

interface LegendSetting {
  readonly drawing: PanelDrawing;
  readonly place: ChartPlace;
  readonly more: string;
}

export function drawLegend(
  entries: readonly LegendEntry[],
  calculations: readonly string[],
  setting: LegendSetting,
): string {
  if (entries.length === 0) return '';
  return calculations.length === 0 ? drawList(entries, setting) : drawTable(entries, calculations, setting);
}

/** One series a line, with its numbers at the right. */
function drawTable(
  entries: readonly LegendEntry[],
  calculations: readonly string[],
  { drawing, place, more }: LegendSetting,
): string {
  const { theme } = drawing;
  const columnWidth = Math.min(90, Math.max(56, (place.width * 0.4) / calculations.length));
  const nameWidth = place.width - columnWidth * calculations.length - 34;
  const fitting = Math.max(0, Math.floor((place.height - lineHeight) / lineHeight));
  const shown = entries.length <= fitting ? entries : entries.slice(0, Math.max(0, fitting - 1));
  const right = (index: number) => place.x + place.width - 8 - columnWidth * (calculations.length - 1 - index);
  const head = calculations.map((calculation, index) =>
    text(right(index), place.y + 13, calculationTitles[calculation] ?? calculation, {
      size: 11,
      fill: theme.palette[2] ?? theme.faint,
      anchor: 'end',
    }),
  );
  const lines = shown.map(({ name, colour, series, field }, row) => {
    const y = place.y + lineHeight * (row + 1);
    const numbers = calculations.map((calculation, index) =>
      text(right(index), y + 13, showValue(reduceSeries(series, calculation), field).text, {
        size,
        fill: theme.text,
        anchor: 'end',
        width: columnWidth - 6,
      }),
    );
    const mark = rectangle(place.x + 10, y + 7, 12, 4, colour, { rx: 2 });
    return mark + text(place.x + 28, y + 13, name, { size, fill: theme.text, width: nameWidth }) + numbers.join('');
  });
  const left = entries.length - shown.length;
  const rest =
    left === 0 && more === ''
      ? ''
      : text(place.x + 28, place.y + lineHeight * (shown.length + 1) + 13, `… ${left} more series${more}`, {
          size,
          fill: theme.faint,
        });
  return head.join('') + lines.join('') + rest;
}

/** Names one behind the other. */
function drawList(entries: readonly LegendEntry[], { drawing, place, more }: LegendSetting): string {
  const { theme } = drawing;
  const drawn: string[] = [];
  let [x, y] = [place.x + 10, place.y];
  for (const [index, { name, colour }] of entries.entries()) {
    const width = Math.min(widthOf(name, size) + 30, place.width - 20);
    if (x + width > place.x + place.width - 60) {
      [x, y] = [place.x + 10, y + lineHeight];
      if (y + lineHeight > place.y + place.height) {
        drawn.push(
          text(place.x + place.width - 10, y - 5, `… ${entries.length - index} more${more}`, {
            size: 11,
            fill: theme.faint,
            anchor: 'end',
          }),
        );
        break;
      }
    }
    drawn.push(rectangle(x, y + 7, 12, 4, colour, { rx: 2 }));
    drawn.push(text(x + 18, y + 13, name, { size, fill: theme.text, width: width - 24 }));
    x += width;
  }
  return drawn.join('');
}
