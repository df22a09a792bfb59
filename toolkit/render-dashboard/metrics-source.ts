import type { FiringAlert, TimeRange } from './panel-data.ts';

/** A series as a server gives it. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly (readonly [number, number])[];
}

/** What a query gave, or why it gave nothing. */
export type Asked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/** What whoever asks knows of the answer; a server needs none of it, one that makes values up does. */
export interface AnswerHint {
  readonly unit: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly steps: readonly { readonly from: number | null; readonly colour: string }[];
  /** Values stand for words, so they are whole. */
  readonly isState: boolean;
  /** Labels that are shown. */
  readonly labels: readonly string[];
}

/** Where the values of a dashboard come from. Nothing of it throws for what a query says. */
export interface MetricsSource {
  /** In a few words, for below the title. */
  readonly origin: string;
  labelValues(label: string, match: string | null, range: TimeRange): Promise<Asked<readonly string[]>>;
  query(expression: string, range: TimeRange, hint: AnswerHint): Promise<Asked<readonly Sample[]>>;
  queryRange(expression: string, range: TimeRange, hint: AnswerHint): Promise<Asked<readonly Sample[]>>;
  alerts(): Promise<Asked<readonly FiringAlert[]>>;
}
