import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { holdToShape } from './hold-to-shape.ts';
import { grafanaDashboardShape } from './included-shapes.ts';

/** A dashboard as Grafana saves it, for what no class derives. The file is kept as it was exported. */
export interface GrafanaDashboard {
  readonly kind: 'grafana-dashboard';
  /** Lower-case words with dashes: names the address, `grafana-dashboard/<id>`, and is the uid where the file has none. */
  readonly id: string;
  /** Folder in Grafana; absent: that of the stack's other dashboards. */
  readonly folder?: string;
  /** What the file holds: `import json from './storage.json' with { type: 'json' }`. */
  readonly json: object;
  readonly source: SourceSpan;
}

/**
 * Declares a dashboard that is kept as Grafana's JSON; a stack loads it with `.include(...)`. What it asks of Prometheus
 * as an input of the export, the stack's own data source answers.
 *
 * ```ts
 * import storage from './storage.json' with { type: 'json' };
 *
 * export const storageDashboard = defineGrafanaDashboard({ id: 'storage', json: storage });
 * ```
 */
export function defineGrafanaDashboard(dashboard: Omit<GrafanaDashboard, 'kind' | 'source'>): GrafanaDashboard {
  const source = callSite(defineGrafanaDashboard);
  holdToShape(grafanaDashboardShape, dashboard, 'defineGrafanaDashboard({...})', source);
  return { ...dashboard, kind: 'grafana-dashboard', source };
}
