import type { PanelDrawing } from './draw-panel.ts';
import { reduceAll } from './reduce-all.ts';
import { clamp, tiling } from './tiling.ts';
import { showValue } from './values.ts';

/** Dials side by side. */
export function drawGauge(drawing: PanelDrawing): string {
  const { place, theme, charts } = drawing;
  const values = reduceAll(drawing).slice(0, 24);
  const { columns, rows } = tiling(values.length, place.width, place.height, 1.2);
  const [width, height] = [place.width / columns, place.height / rows];
  return values
    .map(({ name, value, field }, index) => {
      const x = place.x + (index % columns) * width;
      const y = place.y + Math.floor(index / columns) * height;
      const shown = showValue(value, field);
      const [least, most] = [field.min ?? 0, field.max ?? (field.unit === 'percentunit' ? 1 : 100)];
      const radius = Math.min(width * 0.42, height * 0.5);
      return charts.draw(
        {
          series: [
            {
              type: 'gauge',
              min: least,
              max: most,
              startAngle: 210,
              endAngle: -30,
              center: ['50%', '60%'],
              radius,
              progress: { show: true, width: radius * 0.22, itemStyle: { color: shown.colour } },
              axisLine: { lineStyle: { width: radius * 0.22, color: [[1, theme.empty]] } },
              axisTick: { show: false },
              splitLine: { show: false },
              axisLabel: { show: false },
              pointer: { show: false },
              anchor: { show: false },
              title: {
                show: values.length > 1,
                offsetCenter: [0, '75%'],
                color: theme.text,
                fontSize: clamp(radius * 0.16, 10, 16),
              },
              detail: {
                offsetCenter: [0, '10%'],
                color: shown.colour,
                fontSize: clamp(radius * 0.32, 11, 44),
                formatter: () => shown.text,
              },
              data: [
                {
                  value: value === null || !Number.isFinite(value) ? least : Math.min(most, Math.max(least, value)),
                  name,
                },
              ],
            },
          ],
        },
        { x, y, width, height },
      );
    })
    .join('');
}
