import type { Standing } from './find-scenes.ts';
import type { Rule } from './read-rules.ts';
import type { TestSeries } from './test-series.ts';

/** The cases that every alert is to have, in this order. */
export const caseNames = ['firing', 'quiet', 'resolved', 'missing'] as const;
export type CaseName = (typeof caseNames)[number];

/** One test of one alert with one item. */
export interface RuleTest {
  /** Unique: by it what promtool says is found again. */
  readonly name: string;
  /** `guard`: one more quiet or firing case, made because a deliberate mistake would else go unseen. */
  readonly case: CaseName | 'guard';
  readonly rule: Rule;
  /** What promtool gets besides the rule itself. */
  readonly slice: readonly Rule[];
  readonly item: string;
  readonly standing: Standing;
  readonly stepMs: number;
  readonly series: readonly TestSeries[];
  readonly checks: readonly AlertCheck[];
}

/** What fires at a moment. */
export interface AlertCheck {
  readonly atMs: number;
  readonly alerts: readonly ExpectedAlert[];
}

export interface ExpectedAlert {
  readonly labels: Readonly<Record<string, string>>;
  /** Null: a template asks for more than is known here, so only the labels are compared. */
  readonly annotations: Readonly<Record<string, string>> | null;
}

/** An alert, or one case of it, for which no test was made. */
export interface Uncovered {
  readonly rule: Rule;
  readonly item: string | null;
  readonly cases: readonly CaseName[];
  readonly reason: string;
}
