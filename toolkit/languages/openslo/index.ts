export {
  durationShorthand,
  type MetricQuery,
  type OpenSloDocument,
  type OpenSloIndicator,
  type OpenSloObjective,
  type OpenSloTarget,
  type OpenSloWindow,
  type SliSpec,
} from './documents.ts';
export { parseOpenSlo } from './parse-open-slo.ts';
export { printOpenSlo } from './print-open-slo.ts';
