import { readDashboard } from '../../languages/grafana/index.ts';
import {
  type ChartLibrary,
  fillDashboard,
  htmlPage,
  type MetricsSource,
  type PanelProblem,
  renderDashboard,
  type ThemeName,
  timeRange,
} from '../../render-dashboard/index.ts';

export interface PreviewRequest {
  /** The JSON of a dashboard, ours or anybody's. */
  readonly document: unknown;
  readonly source: MetricsSource;
  readonly nowMs: number;
  /** How far back; null: as far as the dashboard says. */
  readonly spanMs: number | null;
  readonly variables: ReadonlyMap<string, readonly string[]>;
  readonly format: 'html' | 'svg';
  readonly theme: ThemeName;
  readonly timeZone: string;
  readonly charts: ChartLibrary;
}

export interface DashboardPreview {
  readonly title: string;
  readonly uid: string;
  readonly text: string;
  /** How many panels are in the picture; rows and texts count too. */
  readonly panels: number;
  readonly problems: readonly PanelProblem[];
}

/** The picture of a dashboard; null where the document is none. */
export async function previewDashboard(request: PreviewRequest): Promise<DashboardPreview | null> {
  const { document, source, nowMs, format, theme, timeZone, charts } = request;
  const dashboard = readDashboard(document);
  if (dashboard === null) return null;
  const range = timeRange(nowMs, request.spanMs ?? spanOf(dashboard.from));
  const { panels, problems } = await fillDashboard({ dashboard, source, range, wanted: request.variables });
  const { origin } = source;
  const svg = renderDashboard({ dashboard, panels, range, charts, theme, timeZone, origin });
  const text = format === 'svg' ? `${svg}\n` : htmlPage({ title: dashboard.title, svg, isDark: theme === 'dark' });
  return { title: dashboard.title, uid: dashboard.uid, text, panels: panels.length, problems };
}

const unitsMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
};
const sixHours = 21_600_000;

/** `now-6h`. What is given as days of a calendar is shown as Grafana opens it without: six hours. */
function spanOf(from: string): number {
  const [, count = '', unit = ''] = /^now-(\d{1,5})([smhdwMy])(?:\/\w)?$/.exec(from) ?? [];
  return Number(count) * (unitsMs[unit] ?? 0) || sixHours;
}
