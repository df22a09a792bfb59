import { median } from './statistics.ts';

export type Unit = 's' | 'MB' | 'x';

/** What a budget says: a time or a size is at most so much, a lead over a peer at least so much. */
export interface Bound {
  readonly kind: 'at-most' | 'at-least';
  readonly value: number;
}

export type Result =
  | {
      readonly kind: 'measured';
      readonly work: string;
      readonly unit: Unit;
      /** One for each run. */
      readonly samples: readonly number[];
      /** Null where the number is only told. */
      readonly bound: Bound | null;
    }
  | { readonly kind: 'not-measured'; readonly work: string; readonly reason: string };

export type Verdict = 'told' | 'met' | 'within noise' | 'MISSED' | 'not measured';

/**
 * The median decides. A median beyond the bound counts as missed only when no run kept to it: where some did and some
 * did not, the difference is no larger than that between two runs of the same thing, which is noise.
 */
export function verdictOf(result: Result): Verdict {
  if (result.kind === 'not-measured') return 'not measured';
  const { bound, samples } = result;
  if (bound === null) return 'told';
  if (keepsTo(bound, median(samples))) return 'met';
  return samples.some((sample) => keepsTo(bound, sample)) ? 'within noise' : 'MISSED';
}

function keepsTo({ kind, value }: Bound, sample: number): boolean {
  return kind === 'at-most' ? sample <= value : sample >= value;
}

export function seconds(work: string, runs: readonly { readonly seconds: number }[], atMost: number | null): Result {
  const bound: Bound | null = atMost === null ? null : { kind: 'at-most', value: atMost };
  return { kind: 'measured', work, unit: 's', samples: runs.map((run) => run.seconds), bound };
}

export function notMeasured(work: string, reason: string): Result {
  return { kind: 'not-measured', work, reason };
}
