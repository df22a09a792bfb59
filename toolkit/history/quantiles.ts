/** The value below which a share of the samples lies, between two of them in proportion, as Prometheus does it; null of none. */
export function quantileOf(share: number, samples: readonly number[]): number | null {
  if (samples.length === 0) return null;
  const sorted = [...samples].sort((left, right) => left - right);
  const rank = share * (sorted.length - 1);
  const [below, above] = [Math.floor(rank), Math.ceil(rank)];
  const [low, high] = [sorted[below] ?? Number.NaN, sorted[above] ?? Number.NaN];
  return below === above ? low : low + (high - low) * (rank - below);
}
