import type { ReportFormat } from '../../../toolkit/diagnostics/reporters/index.ts';
import type { Content } from '../../../toolkit/operate/index.ts';
import { testScripts } from '../../../toolkit/operate/scripts/test-scripts.ts';
import { type ExitName, exitOfDiagnostics } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { scriptTestsView } from '../../views/script-tests-view.ts';

export interface ScriptTestChoice {
  readonly wanted: readonly string[];
  readonly unconfined: boolean;
  readonly format: ReportFormat;
}

/** Code of the content is run here, so only who asks for it gets it, and behind walls. */
export async function runScriptTests(
  session: Session,
  scripts: Content['scripts'],
  { wanted, unconfined, format }: ScriptTestChoice,
): Promise<ExitName> {
  const onProgress = (message: string) => session.progress.report(message);
  const report = await testScripts({ scripts, wanted, unconfined, onProgress, signal: session.io.signal });
  session.showFindings(report.findings, format);
  if (format === 'human') session.show(scriptTestsView, report);
  return exitOfDiagnostics(report.findings, session.globals.failOn);
}
