import type { ReportFormat } from '../../../toolkit/diagnostics/reporters/index.ts';
import type { LintReport } from '../../../toolkit/operate/lint-report.ts';
import { type ExitName, exitOfDiagnostics } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { lintView } from '../../views/lint-view.ts';

/** The findings are the result, so they go to stdout in the format that was asked for. */
export function showReport(report: LintReport, format: ReportFormat, session: Session): ExitName {
  const all = [...report.diagnostics, ...report.findings.map(({ diagnostic }) => diagnostic)];
  session.showFindings(all, format);
  if (format === 'human') session.show(lintView, { ...report.looked, findings: all.length, leftOut: report.leftOut });
  return exitOfDiagnostics(all, session.globals.failOn);
}
