import type { AlertmanagerRelease } from '../languages/alert-routing/index.ts';
import { applyWaivers, type ForeignFile, type LintRequest, lint, readForeign } from '../lint/index.ts';
import { type LintReport, lookedAt } from './lint-report.ts';

export interface ForeignRequest extends LintRequest {
  /** Whose configurations of Alertmanager they are. */
  readonly alertmanager: AlertmanagerRelease;
}

/** Judges files that somebody wrote or another tool made. */
export function lintForeign(files: readonly ForeignFile[], request: ForeignRequest): LintReport {
  const { input, diagnostics } = readForeign(files, request.alertmanager);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const waived = applyWaivers(lint(input, request), texts, request.today);
  return {
    findings: waived.findings,
    diagnostics: [...diagnostics, ...waived.diagnostics],
    looked: lookedAt([input]),
    leftOut: 0,
  };
}
