import type { ReportFormat } from '../../../toolkit/diagnostics/reporters/index.ts';
import { openContent } from '../../../toolkit/operate/index.ts';
import { type ContentLintRequest, lintContent } from '../../../toolkit/operate/lint-content.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { blocked, repositoryRequest } from '../open-content.ts';
import { showReport } from './show-report.ts';

/** Judges what the content of the repository compiles to. */
export async function lintRepository(
  request: ContentLintRequest,
  format: ReportFormat,
  session: Session,
): Promise<ExitName> {
  session.progress.report('Compiling the content');
  const { value, diagnostics } = await openContent(repositoryRequest(session));
  if (value === null) {
    session.showFindings(diagnostics, format);
    return blocked(diagnostics);
  }
  const { repository, content } = value;
  try {
    const report = await lintContent(repository, content, request);
    return showReport({ ...report, diagnostics: [...diagnostics, ...report.diagnostics] }, format, session);
  } finally {
    await content.close();
  }
}
