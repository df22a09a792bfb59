import type { Stack } from '../model/index.ts';

/** The alert that always fires: where it stops arriving, something on the way is broken. */
export const watchdogAlert = 'Watchdog';

/** When the rules of a control point were evaluated last, which the tier above reads from it. */
export const evaluatedSeries = 'watch:evaluated';

/** Name of the scrape job by which a tier above reads a control point. */
export function belowJob({ name }: Stack): string {
  return `below-${name}`;
}

/** Class of a control point, in the labels of what is told of it; no item has it. */
export const controlPointClass = 'control-point';
