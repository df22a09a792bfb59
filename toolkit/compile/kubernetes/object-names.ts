import { digestOf } from '../../model/index.ts';

const longestName = 253;

/**
 * A name as Kubernetes takes it. Names of ours may have capitals, underscores and Chinese in them; what had to be changed
 * ends with a digest of what it was, so that two names never meet.
 */
export function clusterName(...words: readonly string[]): string {
  const whole = words.join('-');
  const plain = whole
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  if (plain === whole && whole.length <= longestName) return whole;
  const kept = plain.slice(0, longestName - 9).replaceAll(/[^a-z0-9]+$/g, '');
  return [kept, digestOf(whole).slice(-8)].filter((word) => word !== '').join('-');
}

/** A key of a ConfigMap or Secret. */
export function dataKey(name: string): string {
  const plain = name.replaceAll(/[^-._a-zA-Z0-9]+/g, '-');
  return plain === name ? name : `${plain}-${digestOf(name).slice(-8)}`;
}
