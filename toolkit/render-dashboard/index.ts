export { type ChartLibrary, loadChartLibrary } from './chart.ts';
export { fillDashboard, type PanelProblem } from './fill-dashboard.ts';
export { type GeneratedWorld, generatedSource } from './generated-source.ts';
export { htmlPage } from './html-page.ts';
export type { Asked, MetricsSource, Sample } from './metrics-source.ts';
export { type FiringAlert, type TimeRange, timeRange } from './panel-data.ts';
export { renderDashboard } from './render-dashboard.ts';
export { escapeText } from './svg.ts';
export type { ThemeName } from './theme.ts';
