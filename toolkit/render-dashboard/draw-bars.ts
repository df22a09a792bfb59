import type { PanelDrawing } from './draw-panel.ts';
import { drawStat } from './draw-stat.ts';
import { reduceAll } from './reduce-all.ts';
import { rectangle, text, widthOf } from './svg.ts';
import { clamp } from './tiling.ts';
import { shareOf, showValue } from './values.ts';

/** A bar a series, in the colour of where it ends; beyond what fits, how many there are. */
export function drawBars(drawing: PanelDrawing): string {
  const { panel, place, theme } = drawing;
  const values = reduceAll(drawing);
  if (panel.options.orientation === 'vertical') return drawStat(drawing);
  const rowHeight = clamp(place.height / Math.max(1, values.length), 20, 64);
  const widest = Math.max(1, ...values.map(({ name }) => widthOf(name, 1)));
  const size = clamp(Math.min(rowHeight * 0.4, (place.width * 0.42) / widest), 12, 20);
  const fitting = Math.max(1, Math.floor(place.height / rowHeight));
  const shown = values.length > fitting ? values.slice(0, fitting - 1) : values;
  const labels = shown.map(({ value, field }) => showValue(value, field));
  const nameWidth = Math.min(place.width * 0.45, Math.max(40, ...shown.map(({ name }) => widthOf(name, size))) + 8);
  const valueWidth = Math.min(
    place.width * 0.3,
    Math.max(30, ...labels.map((label) => widthOf(label.text, size + 1))) + 10,
  );
  const barWidth = Math.max(10, place.width - nameWidth - valueWidth - 24);
  const most = Math.max(0, ...values.map(({ value }) => (value !== null && Number.isFinite(value) ? value : 0)));
  const rows = shown.map(({ name, value, field }, index) => {
    const y = place.y + index * rowHeight;
    const label = labels[index] ?? { text: '', colour: theme.faint };
    const share = value === null || Number.isNaN(value) ? 0 : shareOf(value, field, most === 0 ? 1 : most);
    const barX = place.x + 8 + nameWidth;
    return [
      text(place.x + 8, y + rowHeight / 2 + size * 0.35, name, { size, fill: theme.text, width: nameWidth - 6 }),
      rectangle(barX, y + rowHeight * 0.12, barWidth, rowHeight * 0.76, theme.empty, { rx: 2 }),
      rectangle(barX, y + rowHeight * 0.12, Math.max(2, barWidth * share), rowHeight * 0.76, label.colour, {
        rx: 2,
        'fill-opacity': 0.85,
      }),
      text(place.x + place.width - 8, y + rowHeight / 2 + size * 0.35, label.text, {
        size: size + 1,
        fill: label.colour,
        anchor: 'end',
        weight: 600,
      }),
    ].join('');
  });
  const left = values.length - shown.length;
  const rest =
    left === 0
      ? ''
      : text(place.x + 8, place.y + shown.length * rowHeight + 14, `… ${left} more`, { size: 12, fill: theme.faint });
  return rows.join('') + rest;
}
