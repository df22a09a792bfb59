import type { Rule } from './read-rules.ts';
import { type CaseName, caseNames, type RuleTest } from './rule-test.ts';

/** How many alerts of one class at one stack have each of the four cases. */
export interface CoverageRow {
  readonly stack: string;
  /** The class, or what else the rule file is called. */
  readonly class: string;
  readonly alerts: number;
  readonly cases: Readonly<Record<CaseName, number>>;
  /** With those that are made besides the four. */
  readonly tests: number;
}

export function coverageOf(alerts: readonly Rule[], tests: readonly RuleTest[]): readonly CoverageRow[] {
  const files = [...new Set(alerts.map(({ file }) => file))];
  return files.map((file) => {
    const own = tests.filter(({ rule }) => rule.file === file);
    const having = (name: CaseName) => new Set(own.filter((test) => test.case === name).map(({ rule }) => rule)).size;
    return {
      stack: file.stack,
      class: file.name,
      alerts: alerts.filter((alert) => alert.file === file).length,
      cases: Object.fromEntries(caseNames.map((name) => [name, having(name)])) as Record<CaseName, number>,
      tests: own.length,
    };
  });
}
