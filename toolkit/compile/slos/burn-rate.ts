import { type BurnAlert, parseDuration, printDuration, type Slo, standardBurnAlerts } from '../../model/index.ts';
import { periodMs } from './period.ts';

/**
 * One pair of windows. The factor says how many times faster than allowed the budget burns:
 *
 *   factor = share of the budget x period / long window
 *
 * so 2 % of the budget of 30 days within an hour is 0.02 x 720 = 14.4. The short window, a twelfth of the long one, ends
 * the alert soon after the burning ends.
 */
export interface BurnLevel {
  readonly severity: BurnAlert['severity'];
  /** Share of the budget that is gone when it fires. */
  readonly budget: number;
  /** As Prometheus prints them. */
  readonly long: string;
  readonly short: string;
  readonly longMs: number;
  readonly shortMs: number;
  readonly factor: number;
}

/** The levels that an objective declares, or the usual ones for its period. */
export function burnLevels(slo: Slo): readonly BurnLevel[] {
  const period = periodMs(slo.window);
  return (slo.alerting ?? usualFor(period)).map(({ severity, budget, long }) => {
    const longMs = parseDuration(long) ?? 0;
    const shortMs = Math.max(1000, Math.round(longMs / 12 / 1000) * 1000);
    return {
      severity,
      budget,
      long: printDuration(longMs),
      short: printDuration(shortMs),
      longMs,
      shortMs,
      factor: rounded((budget * period) / longMs),
    };
  });
}

/**
 * A factor of 1 is what the objective allows, so a usual level never asks for less: in a period of 7 days, a tenth of the
 * budget in 3 days would be 0.23 times what is allowed. Windows that are no part of the period are left out.
 */
function usualFor(period: number): readonly BurnAlert[] {
  return standardBurnAlerts.flatMap((level) => {
    const longMs = parseDuration(level.long) ?? 0;
    return longMs >= period ? [] : [{ ...level, budget: Math.max(level.budget, longMs / period) }];
  });
}

/** After how long a level fires when this share of all events fails from one moment on; null: never. */
export function timeToDetectMs({ factor, longMs }: BurnLevel, objective: number, errorShare: number): number | null {
  const needed = factor * budgetOf(objective);
  return needed >= errorShare ? null : (needed / errorShare) * longMs;
}

/** The share that may fail: `0.001` for `0.999`, without the dust of binary fractions. */
export function budgetOf(objective: number): number {
  return rounded(1 - objective);
}

export function rounded(value: number): number {
  return Number(value.toPrecision(10));
}
