import { type Diagnostic, sortDiagnostics } from '../diagnostic.ts';
import type { Reporter } from './reporter.ts';

/**
 * Workflow commands, which GitHub Actions shows beside the changed lines:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const githubReporter: Reporter = {
  name: 'github',
  purpose: 'annotations of GitHub Actions',
  report(diagnostics) {
    return sortDiagnostics(diagnostics).map(annotate).join('');
  },
};

function annotate(diagnostic: Diagnostic): string {
  const properties = Object.entries(propertiesOf(diagnostic)).map(
    ([name, value]) => `${name}=${escapeProperty(value)}`,
  );
  const subject = diagnostic.subject === undefined ? '' : `${diagnostic.subject}: `;
  const message = `${subject}${diagnostic.detail}\nFix: ${diagnostic.hint}`;
  return `::${diagnostic.severity} ${properties.join(',')}::${escapeMessage(message)}\n`;
}

function propertiesOf({ position, summary, code }: Diagnostic): Readonly<Record<string, string>> {
  const title = `${summary} [${code}]`;
  if (position === undefined) return { title };
  return {
    file: position.file,
    line: String(position.line),
    col: String(position.column),
    ...(position.endLine === undefined ? {} : { endLine: String(position.endLine) }),
    ...(position.endColumn === undefined ? {} : { endColumn: String(position.endColumn) }),
    title,
  };
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
