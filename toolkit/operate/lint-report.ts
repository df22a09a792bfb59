import type { Diagnostic } from '../diagnostics/index.ts';
import type { LintFinding, LintInput } from '../lint/index.ts';

export interface LintReport {
  readonly findings: readonly LintFinding[];
  /** About files that cannot be read, and about the waivers in them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly looked: LookedAt;
  /** Advice about declarations of our own package, which was left out. */
  readonly leftOut: number;
}

export interface LookedAt {
  readonly rules: number;
  readonly routings: number;
  readonly dashboards: number;
}

export function lookedAt(inputs: readonly LintInput[]): LookedAt {
  const sum = (count: (input: LintInput) => number) => inputs.reduce((total, input) => total + count(input), 0);
  return {
    rules: sum(({ ruleFiles }) =>
      ruleFiles.flatMap(({ groups }) => groups.map(({ rules }) => rules.length)).reduce((a, b) => a + b, 0),
    ),
    routings: sum(({ alertmanagers }) => alertmanagers.length),
    dashboards: sum(({ dashboards }) => dashboards.length),
  };
}
