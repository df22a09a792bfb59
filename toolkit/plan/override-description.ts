/** A tuning or waiver of one alert for one item, or a patch of it for all, that came, went or changed, as its author would say it. */
export interface OverrideDescription {
  readonly symbol: '+' | '~' | '-';
  readonly alert: string;
  readonly item: string;
  /** `threshold 0.1 -> 0.05, for 10m -> 30m`, `waived`. */
  readonly text: string;
  /** Severity for the item before and after; null where nobody is told. */
  readonly severity: { readonly before: string | null; readonly after: string | null };
  /** What the tuning or waiver says for itself; null for one that is gone. */
  readonly reason: string | null;
  /** `stacks/plant.ts:12:3` */
  readonly source: string | null;
}
