import { type Diagnostic, sortDiagnostics } from '../diagnostic.ts';
import { isAtLeast, type Severity } from '../severity.ts';
import { printSpan } from '../source-span.ts';
import type { Reporter } from './reporter.ts';

/**
 * One test case for each finding; one that fails the command is a failure, any other has passed and says what it found.
 * Without findings there is one passed case: several readers take an empty suite for a broken run.
 */
export const junitReporter: Reporter = {
  name: 'junit',
  purpose: 'JUnit XML, for test result views',
  report(diagnostics, { failOn }) {
    const failures = diagnostics.filter(({ severity }) => isAtLeast(severity, failOn)).length;
    const cases = sortDiagnostics(diagnostics).map((diagnostic) => testCase(diagnostic, failOn));
    const counts = `tests="${Math.max(cases.length, 1)}" failures="${failures}" errors="0" skipped="0"`;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="opsctl" ${counts}>`,
      `  <testsuite name="opsctl" ${counts}>`,
      ...(cases.length === 0 ? ['    <testcase classname="opsctl" name="no findings"/>'] : cases),
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n');
  },
};

function testCase(diagnostic: Diagnostic, failOn: Severity): string {
  const { code, summary, severity, position } = diagnostic;
  const file = position === undefined ? '' : ` file="${escapeXml(position.file)}" line="${position.line}"`;
  const body = isAtLeast(severity, failOn)
    ? `<failure message="${escapeXml(summary)}" type="${escapeXml(code)}">${escapeXml(describe(diagnostic))}</failure>`
    : `<system-out>${escapeXml(describe(diagnostic))}</system-out>`;
  return [
    `    <testcase classname="${escapeXml(code)}" name="${escapeXml(nameOf(diagnostic))}"${file}>`,
    `      ${body}`,
    '    </testcase>',
  ].join('\n');
}

function nameOf({ summary, subject, position }: Diagnostic): string {
  const place = subject ?? (position === undefined ? undefined : printSpan(position));
  return place === undefined ? summary : `${summary}: ${place}`;
}

function describe({ severity, detail, hint, position, expected, found }: Diagnostic): string {
  return [
    `${severity}: ${detail}`,
    ...(position === undefined ? [] : [`at ${printSpan(position)}`]),
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(found === undefined ? [] : [`found: ${found}`]),
    `Fix: ${hint}`,
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML 1.0 has no way at all to write most control characters and lone surrogates, so they become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"\n]/g, (character) => entities[character] ?? character);
}
