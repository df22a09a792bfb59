import { sortDiagnostics } from '../diagnostic.ts';
import { severities } from '../severity.ts';
import type { Reporter } from './reporter.ts';

/** One JSON document with all findings and their number by severity. */
export const jsonReporter: Reporter = {
  name: 'json',
  purpose: 'one JSON document, for scripts',
  report(diagnostics, { programVersion }) {
    const counts = Object.fromEntries(
      severities.map((severity) => [
        severity,
        diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
      ]),
    );
    const report = { version: 1, program: 'opsctl', programVersion, counts, findings: sortDiagnostics(diagnostics) };
    return `${JSON.stringify(report, null, 2)}\n`;
  },
};
