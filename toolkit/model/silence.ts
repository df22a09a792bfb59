import type { SourceSpan } from '../diagnostics/index.ts';
import type { Alert } from './alert-pack.ts';
import type { ItemSelection } from './item-selection.ts';
import type { LabelTest } from './slo.ts';

/**
 * Alerts of a control point that nobody is told of for a time: planned work, as a rule. Where they are told at the tiers
 * above too, they are silent there as well.
 */
export interface DeclaredSilence {
  readonly of: ItemSelection | SilencedLabels;
  readonly terms: SilenceTerms;
  readonly source: SourceSpan;
}

/** What the labels of the alerts have to be, all of them: `{ alertname: 'HostDown', rack: { matching: 'r1-.*' } }`. */
export type SilencedLabels = Readonly<Record<string, LabelTest>>;

/** From when until when, why, for which change, and who answers for it. */
export interface SilenceTerms {
  /** Only these of the selected items' alerts; absent: all of them. */
  readonly alerts?: readonly Alert[];
  /** A moment with its offset, such as `2026-11-28T22:00:00+08:00`; absent: from when it is applied. */
  readonly from?: string;
  /** A moment with its offset. There is no silence without an end. */
  readonly until: string;
  readonly reason: string;
  /** Id of the team or person who answers for it, and who is asked whether it may end sooner. */
  readonly owner: string;
  /** Id of the change that it belongs to, such as `CHG-1042`. */
  readonly change: string;
  /** Tells two silences of one change apart, in lower-case words with dashes: `database`. */
  readonly name?: string;
}
