import { githubReporter } from './github.ts';
import { humanReporter } from './human.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import type { Reporter } from './reporter.ts';
import { sarifReporter } from './sarif.ts';

/** Every way to write findings down; `--format` takes their names. */
export const reporters: readonly Reporter[] = [
  humanReporter,
  jsonReporter,
  sarifReporter,
  junitReporter,
  githubReporter,
];

export { describeDiagnostic } from './human.ts';
export type { Paint, Reporter, ReportFormat, ReportOptions } from './reporter.ts';
