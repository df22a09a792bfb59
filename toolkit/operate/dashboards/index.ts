export { generatedWorld } from './generated-world.ts';
export { type DashboardPreview, previewDashboard } from './preview-dashboard.ts';
export { prometheusSource } from './prometheus-source.ts';
