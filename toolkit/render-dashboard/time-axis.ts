import type { PanelDrawing } from './draw-panel.ts';

const dayMs = 86_400_000;

/** The axis of time, in the zone of whoever looks. */
export function timeAxis({ range, theme, timeZone, place }: PanelDrawing): Readonly<Record<string, unknown>> {
  const label = timeLabel(range.toMs - range.fromMs, timeZone);
  return {
    type: 'time',
    min: range.fromMs,
    max: range.toMs,
    splitNumber: Math.max(2, Math.min(8, Math.round(place.width / 120))),
    axisLine: { lineStyle: { color: theme.grid } },
    splitLine: { show: true, lineStyle: { color: theme.grid } },
    axisTick: { show: false },
    axisLabel: { color: theme.faint, fontSize: 11, hideOverlap: true, formatter: label },
  };
}

/** `14:05`, or with the day where the time shown has several. */
export function timeLabel(spanMs: number, timeZone: string): (ms: number) => string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const seconds = spanMs <= 300_000 ? ({ second: '2-digit' } as const) : {};
  const day = spanMs > dayMs * 1.5 ? ({ month: '2-digit', day: '2-digit' } as const) : {};
  const long = spanMs > 14 * dayMs ? day : { ...day, ...time, ...seconds };
  const format = new Intl.DateTimeFormat('en-CA', { ...long, timeZone });
  return (ms) => format.format(ms).replace(', ', ' ');
}
