import type { PanelDrawing } from './draw-panel.ts';
import { reduceAll } from './reduce-all.ts';
import { showValue } from './values.ts';

/** Shares of a whole. */
export function drawPie(drawing: PanelDrawing): string {
  const { place, theme, charts } = drawing;
  const data = reduceAll(drawing)
    .slice(0, 40)
    .flatMap(({ name, value, field }, index) =>
      value === null || !Number.isFinite(value)
        ? []
        : [
            {
              name: `${name}: ${showValue(value, field).text}`,
              value,
              itemStyle: { color: theme.palette[index % theme.palette.length] },
            },
          ],
    );
  return charts.draw(
    { series: [{ type: 'pie', radius: ['40%', '72%'], data, label: { color: theme.text, fontSize: 12 } }] },
    place,
  );
}
