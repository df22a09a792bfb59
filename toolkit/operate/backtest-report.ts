import type { Diagnostic } from '../diagnostics/index.ts';
import type { Episode, EpisodeSummary, Notifications, RecordedComparison, Stretch } from '../history/index.ts';
import type { Plan } from '../plan/index.ts';
import type { ScantInput } from './backtest-inputs.ts';
import type { VmalertProgram } from './backtest-vmalert.ts';
import type { SecretResolver } from './secrets.ts';

export interface BacktestRequest {
  /** Names; empty: all. */
  readonly alerts: readonly string[];
  readonly stacks: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Null: the interval at which each rule is evaluated, which is exact. */
  readonly stepMs: number | null;
  /** Null: range queries. */
  readonly vmalert: VmalertProgram | null;
  /** A saved plan, whose outcome is compared with what is applied; null: the content. */
  readonly plan: Plan | null;
  readonly secrets: SecretResolver;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export interface BacktestReport {
  readonly with: 'range-queries' | 'vmalert';
  readonly fromMs: number;
  readonly toMs: number;
  readonly alerts: readonly AlertBacktest[];
  readonly diagnostics: readonly Diagnostic[];
  /** Null: a name that is none was asked for. */
  readonly unknown: readonly Diagnostic[];
}

/** What one alert of one stack would have done. */
export interface AlertBacktest {
  readonly stack: string;
  readonly alert: string;
  readonly timeZone: string;
  readonly stepMs: number;
  /** Looked at less often than the rule is evaluated: short episodes may be missed, and times are coarse. */
  readonly isCoarse: boolean;
  /** As it is declared, or as the plan would leave it; null where it goes. */
  readonly wanted: BacktestSide | null;
  /** As it was last applied, where that is something else; null where nothing was. */
  readonly applied: BacktestSide | 'same' | null;
  /** What `ALERTS` of the time says; null where the server has none of it. */
  readonly recorded: RecordedComparison | null;
  /** Stretches without any sample. */
  readonly gaps: readonly Stretch[];
}

export interface BacktestSide {
  readonly rules: readonly { readonly expression: string; readonly for: string; readonly severity: string | null }[];
  readonly summary: EpisodeSummary;
  readonly episodes: readonly Episode[];
  /** Null where the stack has no Alertmanager of its own. */
  readonly notifications: Notifications | null;
  /** Recorded series whose rules were asked in their place. */
  readonly expanded: readonly string[];
  /** What it reads and the server has not, or not all of the time: that it did not fire says nothing, or less. */
  readonly scant: readonly ScantInput[];
}
