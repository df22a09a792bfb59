import { median } from './statistics.ts';
import type { TimedRun } from './timed-run.ts';

export type Unit = 's' | 'MB' | 'x';

/** What a budget says: a time or a size is at most so much, a lead over a peer at least so much. */
export interface Bound {
  readonly kind: 'at-most' | 'at-least';
  readonly value: number;
}

export interface Measured {
  readonly kind: 'measured';
  readonly work: string;
  readonly unit: Unit;
  /** One for each run. */
  readonly samples: readonly number[];
  /** Processor time of each run, which hangs less on what else the machine does; empty where it is not known. */
  readonly processorSeconds: readonly number[];
  /** Null where the number is only told. */
  readonly bound: Bound | null;
}

export type Result = Measured | { readonly kind: 'not-measured'; readonly work: string; readonly reason: string };

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

/** How long the runs took, and the most that they may take; null where the time is only told. */
export function timed(work: string, runs: readonly TimedRun[], atMost: number | null): Result {
  return {
    kind: 'measured',
    work,
    unit: 's',
    samples: runs.map(({ seconds }) => seconds),
    processorSeconds: runs.flatMap(({ processorSeconds }) => processorSeconds ?? []),
    bound: atMost === null ? null : { kind: 'at-most', value: atMost },
  };
}

export function compared(work: string, samples: readonly number[], bound: Bound | null): Result {
  return { kind: 'measured', work, unit: 'x', samples, processorSeconds: [], bound };
}

const megabyte = 1_000_000;

export function memory(work: string, bytes: readonly number[], atMostMb: number | null): Result {
  if (bytes.length === 0) return notMeasured(work, 'This system does not tell what a process holds.');
  const bound: Bound | null = atMostMb === null ? null : { kind: 'at-most', value: atMostMb };
  return {
    kind: 'measured',
    work,
    unit: 'MB',
    samples: bytes.map((held) => held / megabyte),
    processorSeconds: [],
    bound,
  };
}

export function notMeasured(work: string, reason: string): Result {
  return { kind: 'not-measured', work, reason };
}
