import type { Alert } from '../../model/index.ts';

/** The number that an alert compares its signal with, where no case, tuning or patch says another. */
export function thresholdOf(alert: Alert): number {
  if ('above' in alert.when) return alert.when.above;
  return 'below' in alert.when ? alert.when.below : alert.when.equals;
}
