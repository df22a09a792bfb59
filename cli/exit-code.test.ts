import { describe, expect, it } from 'vitest';
import type { Diagnostic, Severity } from '../toolkit/diagnostics/index.ts';
import { exitCodes, exitMeanings, exitOfDiagnostics } from './exit-code.ts';

describe('exit codes', () => {
  it('are the public contract', () => {
    const table = Object.entries(exitCodes).map(
      ([name, code]) => `${code} ${exitMeanings[name as keyof typeof exitCodes]}`,
    );
    expect(table).toMatchInlineSnapshot(`
      [
        "0 done",
        "1 failure: a target, a file or the network did not do what was asked",
        "2 changes or drift (only with --detailed-exitcode)",
        "3 blocking findings",
        "4 refused: policy, brake, protection, or nobody approved",
        "5 stale plan: the world has moved since it was made",
        "6 lock held by somebody else",
        "7 partial failure: some changes are done, others are not",
        "64 wrong usage",
        "130 interrupted, after a clean stop",
      ]
    `);
  });

  it.each([
    { name: 'nothing found is done', found: [], exit: 'done' },
    { name: 'a warning does not fail', found: ['warning alerts/runbook-required'], exit: 'done' },
    { name: 'an error in content is a blocking finding', found: ['error inventory/unknown-column'], exit: 'findings' },
    { name: 'an error of the world is a failure', found: ['error engine/target-unreachable'], exit: 'failure' },
    { name: 'a failure weighs more than findings', found: ['error cmdb/x', 'error state/corrupt'], exit: 'failure' },
    { name: 'a held lock is told apart', found: ['error lock/held', 'error state/corrupt'], exit: 'locked' },
    { name: 'a stale plan is told apart', found: ['error engine/stale-plan'], exit: 'stale' },
    { name: 'a brake refuses', found: ['error engine/plan-stopped'], exit: 'refused' },
    { name: 'a wrong name on the command line is wrong usage', found: ['error operate/unknown-stack'], exit: 'usage' },
  ])('$name', ({ found, exit }) => {
    expect(exitOfDiagnostics(found.map(diagnosticOf), 'error')).toBe(exit);
  });

  it.each([
    { severity: 'notice', failOn: 'error', exit: 'done' },
    { severity: 'notice', failOn: 'notice', exit: 'findings' },
    { severity: 'warning', failOn: 'warning', exit: 'findings' },
    { severity: 'warning', failOn: 'error', exit: 'done' },
  ] as const)('with --fail-on $failOn a $severity ends as $exit', ({ severity, failOn, exit }) => {
    expect(exitOfDiagnostics([diagnosticOf(`${severity} alerts/x`)], failOn)).toBe(exit);
  });
});

/** `error lock/held` */
function diagnosticOf(text: string): Diagnostic {
  const [severity = '', code = ''] = text.split(' ');
  return { code, severity: severity as Severity, summary: 'S', detail: 'D.', hint: 'H.' };
}
