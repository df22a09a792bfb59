import { createHash } from 'node:crypto';
import { type Diagnostic, sortDiagnostics } from '../diagnostic.ts';
import type { Severity } from '../severity.ts';
import type { SourceSpan } from '../source-span.ts';
import type { Reporter } from './reporter.ts';

/** SARIF 2.1.0 (OASIS), as code scanning reads it. */
export const sarifReporter: Reporter = {
  name: 'sarif',
  purpose: 'SARIF 2.1.0, for code scanning',
  report(diagnostics, { programVersion }) {
    const sorted = sortDiagnostics(diagnostics);
    const codes = [...new Set(sorted.map(({ code }) => code))].sort();
    const driver = {
      name: 'opsctl',
      semanticVersion: programVersion,
      rules: codes.map((code) => ruleOf(sorted.filter((diagnostic) => diagnostic.code === code))),
    };
    const run = {
      tool: { driver },
      columnKind: 'utf16CodeUnits',
      results: sorted.map((diagnostic) => resultOf(diagnostic, codes.indexOf(diagnostic.code))),
    };
    const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
    return `${JSON.stringify(log, null, 2)}\n`;
  },
};

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' };

/** The hint may differ between occurrences; the rule shows the first one. */
function ruleOf([first]: readonly Diagnostic[]): object {
  if (first === undefined) throw new Error('Bug: a rule without an occurrence.');
  return {
    id: first.code,
    shortDescription: { text: first.summary },
    help: { text: first.hint },
    defaultConfiguration: { level: levels[first.severity] },
  };
}

function resultOf(diagnostic: Diagnostic, ruleIndex: number): object {
  const { code, severity, detail, hint, expected, found, clauses } = diagnostic;
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: `${detail}\nFix: ${hint}` },
    locations: locationsOf(diagnostic),
    partialFingerprints: { 'opsctlFinding/v1': fingerprintOf(diagnostic) },
    properties: { expected, found, clauses },
  };
}

function locationsOf({ position, subject }: Diagnostic): readonly object[] {
  if (position === undefined && subject === undefined) return [];
  return [
    {
      ...(position === undefined ? {} : { physicalLocation: physicalLocation(position) }),
      ...(subject === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: subject }] }),
    },
  ];
}

function physicalLocation({ file, line, column, endLine, endColumn }: SourceSpan): object {
  return {
    // A relative URI, so a space or Chinese text in a file name has to be encoded.
    artifactLocation: { uri: encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F'), uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** The same finding after lines were inserted above it, so neither line nor column is in it. */
function fingerprintOf({ code, subject, position, detail }: Diagnostic): string {
  return createHash('sha256')
    .update(JSON.stringify([code, subject ?? null, position?.file ?? null, detail]))
    .digest('hex');
}
