import type { FieldUnit } from '../../model/index.ts';

/** What each unit is of the base of its kind. */
const units: Readonly<Record<FieldUnit, { readonly kind: string; readonly size: number }>> = {
  seconds: { kind: 'time', size: 1 },
  milliseconds: { kind: 'time', size: 1e-3 },
  microseconds: { kind: 'time', size: 1e-6 },
  nanoseconds: { kind: 'time', size: 1e-9 },
  bytes: { kind: 'size', size: 1 },
  kibibytes: { kind: 'size', size: 1024 },
  mebibytes: { kind: 'size', size: 1_048_576 },
  ratio: { kind: 'share', size: 1 },
  percent: { kind: 'share', size: 0.01 },
};

/** By what a value is multiplied: milliseconds to seconds is 0.001. NaN where the two are not of one kind. */
export function factorOf(from: FieldUnit, to: FieldUnit): number {
  const [source, target] = [units[from], units[to]];
  return source.kind === target.kind ? source.size / target.size : Number.NaN;
}
