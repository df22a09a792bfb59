export { exportSlo } from './export-slo.ts';
export { importSlos } from './import-slo.ts';
export { printSloFile } from './slo-source.ts';
