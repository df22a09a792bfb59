import type { Diagnostic, SourceSpan } from '../diagnostics/index.ts';
import type { ProposedThreshold } from '../history/index.ts';
import type { ItemRule } from './baseline-rules.ts';
import type { CountedSamples } from './baseline-samples.ts';
import type { TrialResult } from './baseline-trial.ts';
import type { SecretResolver } from './secrets.ts';
import type { DeclaredAlert } from './session-messages.ts';

export interface BaselineRequest {
  /** Name of an alert, or a signal as `host.memoryAvailable`. */
  readonly subject: string;
  /** Ids; empty: all. */
  readonly items: readonly string[];
  readonly stacks: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly quantile: number;
  readonly headroom: number;
  /** Least time with samples that count. */
  readonly minimumMs: number;
  readonly byHour: boolean;
  /** Count the time in which alerts fired. */
  readonly keepFiring: boolean;
  /** Hours that are left out, such as those of maintenance. */
  readonly without: string | null;
  readonly secrets: SecretResolver;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export interface BaselineReport {
  readonly subject: string;
  readonly alert: DeclaredAlert | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly quantile: number;
  readonly headroom: number;
  readonly items: readonly ItemBaseline[];
  readonly diagnostics: readonly Diagnostic[];
  /** Something that is not there was asked for. */
  readonly isMisnamed: boolean;
}

/** What history says of one item. */
export interface ItemBaseline {
  readonly stack: string;
  readonly item: string;
  readonly counted: Pick<CountedSamples, 'countedMs' | 'firingShare' | 'maintenanceShare' | 'least' | 'most'>;
  /** Null where there is too little. */
  readonly proposed: ProposedThreshold | null;
  readonly byHour: readonly (readonly (number | null)[])[] | null;
  /** What holds now, where it is declared, and what it does; null for a signal. */
  readonly rule: (Omit<ItemRule, 'interval'> & { readonly source: SourceSpan | null }) | null;
  /** Episodes with the threshold that holds and with the proposed one, over all of the time. */
  readonly trial: TrialResult | null;
}
