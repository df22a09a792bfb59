export { importDiagnostics } from './diagnostics.ts';
export { importDashboards } from './import-dashboards.ts';
export { importRouting } from './import-routing.ts';
export { importRules } from './import-rules.ts';
export type { Imported } from './imported.ts';
