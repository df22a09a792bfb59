interface Bucket {
  readonly upper: number;
  readonly count: number;
}

/** Prometheus' interpolation inside the bucket in which the rank lies (promql/quantile.go, bucketQuantile). */
export function quantileOfBuckets(quantile: number, unsorted: readonly Bucket[]): number {
  const buckets = [...unsorted].sort((left, right) => left.upper - right.upper);
  const total = buckets.at(-1)?.count ?? 0;
  if (buckets.at(-1)?.upper !== Number.POSITIVE_INFINITY || buckets.length < 2 || total === 0) return Number.NaN;
  const rank = quantile * total;
  const index = buckets.slice(0, -1).findIndex(({ count }) => count >= rank);
  if (index < 0) return buckets.at(-2)?.upper ?? Number.NaN;
  const bucket = buckets[index];
  if (bucket === undefined || (index === 0 && bucket.upper <= 0)) return bucket?.upper ?? Number.NaN;
  const below = index === 0 ? { upper: 0, count: 0 } : (buckets[index - 1] ?? { upper: 0, count: 0 });
  return below.upper + (bucket.upper - below.upper) * ((rank - below.count) / (bucket.count - below.count));
}

/** Between the two values at whose ranks it lies (promql/quantile.go, quantile). */
export function quantileOfValues(quantile: number, unsorted: readonly number[]): number {
  if (quantile < 0) return Number.NEGATIVE_INFINITY;
  if (quantile > 1) return Number.POSITIVE_INFINITY;
  const values = [...unsorted].sort((left, right) => left - right);
  const rank = quantile * (values.length - 1);
  const lower = Math.floor(rank);
  const [below = Number.NaN, above = below] = [values[lower], values[lower + 1]];
  return below * (1 - (rank - lower)) + above * (rank - lower);
}
