/**
 * How much a diagnostic weighs. `error` blocks (exit code 3), `warning` is shown, `notice` is shown and never fails a
 * command. Which severity is shown and which one fails are two options of the command line.
 */
export type Severity = 'error' | 'warning' | 'notice';

/** Most severe first: the order in which reports list findings. */
export const severities: readonly Severity[] = ['error', 'warning', 'notice'];

/** True when `severity` weighs at least as much as `threshold`. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
