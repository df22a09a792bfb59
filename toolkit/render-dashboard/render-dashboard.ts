import { interpolateTitle, type ReadDashboard, type ReadPanel, type Scope } from '../languages/grafana/index.ts';
import type { ChartLibrary, ChartPlace } from './chart.ts';
import { drawBars } from './draw-bars.ts';
import { drawGauge } from './draw-gauge.ts';
import { drawHeatmap } from './draw-heatmap.ts';
import type { DrawPanel, PanelDrawing } from './draw-panel.ts';
import { drawPie } from './draw-pie.ts';
import { drawStat } from './draw-stat.ts';
import { drawStates } from './draw-states.ts';
import { drawAlertList, drawTable } from './draw-table.ts';
import { drawText } from './draw-text.ts';
import { drawTrend } from './draw-trend.ts';
import type { PanelData, TimeRange } from './panel-data.ts';
import { seriesOf } from './series-of.ts';
import { element, escapeText, fontFamily, rectangle, text, wrap } from './svg.ts';
import { type ThemeName, themes } from './theme.ts';
import { timeLabel } from './time-axis.ts';

/** One panel with its place, after repeated ones are spread out, and what its queries gave. */
export interface FilledPanel {
  readonly panel: ReadPanel;
  readonly scope: Scope;
  readonly data: PanelData;
}

export interface RenderSetting {
  readonly dashboard: ReadDashboard;
  readonly panels: readonly FilledPanel[];
  readonly range: TimeRange;
  readonly charts: ChartLibrary;
  readonly theme: ThemeName;
  readonly timeZone: string;
  /** Where the values come from, in one line below the title. */
  readonly origin: string;
}

const cellHeight = 38;
const gap = 8;
const headHeight = 48;

/** A dashboard as one SVG, laid out as Grafana does it: 24 columns, rows of 38 pixels. */
export function renderDashboard(setting: RenderSetting): string {
  const { dashboard, panels, theme: name } = setting;
  const theme = themes[name];
  const width = dashboard.isKiosk ? 1920 : 1480;
  const top = dashboard.isKiosk ? 0 : headHeight;
  const bottom = Math.max(1, ...panels.map(({ panel: { place } }) => place.y + place.h));
  const height = top + bottom * cellHeight + gap;
  const column = (width - 2 * gap) / 24;
  const drawn = panels.map((filled) => {
    const { x, y, w, h } = filled.panel.place;
    const place = {
      x: gap + x * column,
      y: top + y * cellHeight + gap / 2,
      width: w * column - gap,
      height: h * cellHeight - gap,
    };
    return drawFramed(setting, filled, place);
  });
  const head = dashboard.isKiosk ? '' : drawHead(setting, width);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': fontFamily,
    },
    rectangle(0, 0, width, height, theme.page) + head + drawn.join(''),
  );
}

function drawHead({ dashboard, theme: name, origin, range, timeZone, panels }: RenderSetting, width: number): string {
  const theme = themes[name];
  const label = timeLabel(Math.max(range.toMs - range.fromMs, 2 * 86_400_000), timeZone);
  const [first] = panels;
  const chosen = dashboard.variables
    .filter(({ type, isHidden }) => type !== 'datasource' && !isHidden)
    .map(
      (variable) =>
        `${variable.label || variable.name}: ${first === undefined ? '' : interpolateTitle(`$${variable.name}`, first.scope)}`,
    );
  const facts = [...chosen, `${label(range.fromMs)} – ${label(range.toMs)} (${timeZone})`, origin].join('  |  ');
  return (
    text(gap + 6, 21, dashboard.title, { size: 18, fill: theme.text, weight: 600, width: width - 20 }) +
    text(gap + 6, 40, facts, { size: 12, fill: theme.faint, width: width - 20 })
  );
}

const draws: Readonly<Record<string, DrawPanel>> = {
  timeseries: drawTrend,
  stat: drawStat,
  gauge: drawGauge,
  bargauge: drawBars,
  piechart: drawPie,
  table: drawTable,
  'state-timeline': drawStates,
  'status-history': drawStates,
  heatmap: drawHeatmap,
  text: drawText,
  alertlist: drawAlertList,
};

export const drawnTypes: readonly string[] = [...Object.keys(draws), 'row'];

const titleHeight = 28;

function drawFramed(setting: RenderSetting, { panel, scope, data }: FilledPanel, place: ChartPlace): string {
  const theme = themes[setting.theme];
  const title = interpolateTitle(panel.title, scope);
  if (panel.type === 'row')
    return (
      openMark(place, theme.faint) +
      text(place.x + 20, place.y + 21, title, {
        size: 15,
        fill: theme.text,
        weight: 600,
        width: place.width,
      })
    );
  const frame = panel.isTransparent
    ? ''
    : rectangle(place.x, place.y, place.width, place.height, theme.panel, { rx: 3, stroke: theme.border });
  const heading =
    title === ''
      ? ''
      : text(place.x + 10, place.y + 19, title, { size: 13, fill: theme.text, weight: 600, width: place.width - 20 });
  const tooltip = panel.description === '' ? '' : element('title', {}, escapeText(panel.description));
  const below = title === '' ? 0 : titleHeight;
  const inside = { x: place.x + 2, y: place.y + below, width: place.width - 4, height: place.height - below - 4 };
  const drawing = {
    panel,
    data,
    place: inside,
    range: setting.range,
    theme,
    charts: setting.charts,
    timeZone: setting.timeZone,
  };
  return element('g', {}, tooltip + frame + heading + drawInside(drawing));
}

function openMark({ x, y }: ChartPlace, fill: string): string {
  return element('path', { d: `M${x + 4} ${y + 12}h10l-5 7z`, fill });
}

/** What cannot be shown says why, in the panel itself: an empty one would look like a quiet one. */
function drawInside(drawing: PanelDrawing): string {
  const { panel, data, theme } = drawing;
  const draw = draws[panel.type];
  if (draw === undefined)
    return drawNote(drawing, `Panels of type ${panel.type || 'none'} are not drawn here.`, theme.faint);
  if (panel.type === 'text') return draw(drawing);
  const failures = data.answers.flatMap((answer) =>
    answer.state === 'failed' ? [`${answer.refId}: ${answer.reason}`] : [],
  );
  const isEmpty =
    panel.type === 'alertlist'
      ? data.alerts.length === 0
      : seriesOf(drawing).every(({ points }) => points.length === 0);
  if (failures.length > 0 && isEmpty) return drawNote(drawing, failures.join('\n'), '#f2495c');
  if (panel.type === 'alertlist' && isEmpty) return drawNote(drawing, 'No alerts', theme.faint);
  if (panel.type === 'table' && isEmpty && data.answers.length > 0)
    return drawNote(drawing, 'No rows · 无记录', theme.faint);
  if (isEmpty) return drawNote(drawing, panel.field.noValue || 'No data · 无数据', theme.faint);
  const inside = draw(drawing);
  if (failures.length === 0) return inside;
  const { place } = drawing;
  return (
    inside +
    text(place.x + place.width - 8, place.y + 10, `⚠ ${failures.join('; ')}`, {
      size: 11,
      fill: '#f2495c',
      anchor: 'end',
      width: place.width - 16,
    })
  );
}

function drawNote({ place }: PanelDrawing, note: string, fill: string): string {
  const lines = note.split('\n').flatMap((line) => wrap(line, 13, place.width - 40));
  const fitting = lines.slice(0, Math.max(1, Math.floor(place.height / 18)));
  const top = place.y + place.height / 2 - (fitting.length - 1) * 9 + 4;
  return fitting
    .map((line, index) =>
      text(place.x + place.width / 2, top + index * 18, line, {
        size: 13,
        fill,
        anchor: 'middle',
        width: place.width - 16,
      }),
    )
    .join('');
}
