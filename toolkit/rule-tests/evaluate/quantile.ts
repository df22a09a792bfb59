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
