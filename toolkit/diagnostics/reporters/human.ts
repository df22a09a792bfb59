import { type Diagnostic, sortDiagnostics } from '../diagnostic.ts';
import { type Severity, severities } from '../severity.ts';
import { printSpan } from '../source-span.ts';
import type { Paint, Reporter, Style } from './reporter.ts';

/** One paragraph for each finding, the most severe first, and a last line that counts them. */
export const humanReporter: Reporter = {
  name: 'human',
  purpose: 'for people',
  report(diagnostics, { paint }) {
    if (diagnostics.length === 0) return '';
    const paragraphs = sortDiagnostics(diagnostics).map((diagnostic) => describeDiagnostic(diagnostic, paint));
    return `${paragraphs.join('\n')}\n${countBySeverity(diagnostics)}.\n`;
  },
};

/** A finding as a paragraph that ends in a line break. */
export function describeDiagnostic(finding: Diagnostic, paint: Paint): string {
  const diagnostic = withoutControls(finding);
  const place =
    diagnostic.position === undefined ? diagnostic.subject : printSpan(diagnostic.position).replace(controls, '\ufffd');
  const head = [paint(severityStyles[diagnostic.severity], diagnostic.severity), paint('bold', diagnostic.summary)];
  const lines = [
    `${head.join(': ')} [${diagnostic.code}]`,
    ...(place === undefined ? [] : [`  at ${paint('cyan', onOneLine(place))}`]),
    ...indented(diagnostic.detail),
    ...factsOf(diagnostic),
    ...indented(`Fix: ${diagnostic.hint}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** `2 errors, 1 warning`; severities that do not occur are left out. */
function countBySeverity(diagnostics: readonly Diagnostic[]): string {
  const counts = severities.map((severity) => ({
    severity,
    count: diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
  }));
  const found = counts.filter(({ count }) => count > 0);
  return found.length === 0
    ? 'no findings'
    : found.map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`).join(', ');
}

/** Text of content must neither steer the terminal nor turn its direction, so that it reads otherwise than it is. */
function withoutControls(diagnostic: Diagnostic): Diagnostic {
  // Hardly any text has one, and a report may be ten thousand paragraphs.
  if (!Object.values(diagnostic).some((value) => typeof value === 'string' && control.test(value))) return diagnostic;
  const entries = Object.entries(diagnostic).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replace(controls, '\ufffd') : value,
  ]);
  return Object.fromEntries(entries) as Diagnostic;
}

const control = /[^\P{Cc}\n\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const controls = new RegExp(control, 'gu');

const severityStyles: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', notice: 'blue' };

function factsOf({ subject, position, expected, found, clauses = [] }: Diagnostic): readonly string[] {
  const facts = [
    // Without a position, the subject is the place and stands above.
    ...(subject === undefined || position === undefined ? [] : [`  about: ${subject}`]),
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(found === undefined ? [] : [`  found: ${found}`]),
    ...(clauses.length === 0 ? [] : [`  clauses: ${clauses.join(', ')}`]),
  ];
  return facts.map(onOneLine);
}

/** A name or a value with a line break in it must not look like another line of the report. */
function onOneLine(text: string): string {
  return text.replaceAll('\n', String.raw`\n`);
}

function indented(text: string): readonly string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
