export function median(samples: readonly number[]): number {
  if (samples.length === 0) throw new Error('Bug: the median of nothing was asked for.');
  const sorted = samples.toSorted((left, right) => left - right);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, sample) => sum + sample, 0) / middle.length;
}
