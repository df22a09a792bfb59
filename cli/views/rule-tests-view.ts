import { counted } from '../../toolkit/diagnostics/index.ts';
import type { RuleTestReport } from '../../toolkit/operate/index.ts';
import { caseNames } from '../../toolkit/rule-tests/index.ts';
import type { Terminal, View } from '../output/view.ts';

export interface RuleTestsResult
  extends Pick<RuleTestReport, 'tests' | 'ownTests' | 'failed' | 'alerts' | 'coverage' | 'mutations' | 'program'> {
  readonly durationMs: number;
  readonly uncovered: readonly Pick<RuleTestReport['uncovered'][number], 'cases' | 'reason'>[];
}

/** Below the findings: what is covered, how good the tests are, and the verdict. */
export const ruleTestsView: View<RuleTestsResult> = {
  human: (result, terminal) =>
    [...coverageTable(result), '', ...mutationTable(result), verdict(result, terminal), ''].join('\n'),
  events: ({ coverage, mutations, uncovered, ...totals }) => [
    ...coverage.map((row) => ({ event: 'rule-coverage', ...row })),
    ...(mutations ?? []).map((row) => ({ event: 'mutation-score', ...row })),
    { event: 'rule-tests', ...totals, uncovered: uncovered.length },
  ],
};

function coverageTable({ coverage }: RuleTestsResult): readonly string[] {
  const rows = coverage.map(({ stack, class: of, alerts, cases, tests }) => [
    stack,
    of,
    String(alerts),
    ...caseNames.map((name) => String(cases[name])),
    String(tests),
  ]);
  return table([['Stack', 'Class', 'Alerts', 'Firing', 'Quiet', 'Resolved', 'Missing', 'Tests'], ...rows]);
}

function mutationTable({ mutations }: RuleTestsResult): readonly string[] {
  if (mutations === null) return [];
  const rows = mutations.map(({ alert, stacks, mutants, noticed }) => [
    alert,
    String(stacks.length),
    `${noticed} of ${mutants}`,
    percent(noticed, mutants),
  ]);
  const [noticed, mutants] = [sum(mutations, 'noticed'), sum(mutations, 'mutants')];
  const total = `Mistakes noticed: ${noticed} of ${mutants} (${percent(noticed, mutants)}).`;
  return [...table([['Alert', 'Stacks', 'Noticed', 'Score'], ...rows]), '', total];
}

function sum(rows: NonNullable<RuleTestsResult['mutations']>, field: 'noticed' | 'mutants'): number {
  return rows.reduce((total, row) => total + row[field], 0);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.floor((part / whole) * 100)}%`;
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function verdict(
  { tests, ownTests, failed, alerts, uncovered, durationMs, program }: RuleTestsResult,
  { paint }: Terminal,
): string {
  const word = failed === 0 ? paint('green', 'Passed') : paint('red', 'Failed');
  const own = ownTests === 0 ? '' : ` and ${counted(ownTests, 'test')} of your own`;
  const gaps = uncovered.length === 0 ? '' : `, ${counted(uncovered.length, 'gap')} in coverage`;
  const wrong = failed === 0 ? '' : `, ${failed} failed`;
  const seconds = (durationMs / 1000).toFixed(1);
  return `${word}: ${counted(tests, 'generated test')}${own} of ${counted(alerts, 'alert')} in ${seconds} s${wrong}${gaps}, by ${program}.`;
}
