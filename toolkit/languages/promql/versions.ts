/**
 * The releases that expressions are judged for: what Debian 12 installs, and the release of the grammar package. Both are
 * compared with Prometheus itself, the former by promtool in every run, the latter by recorded verdicts.
 */
export const promqlVersions = ['2.42', '3.15'] as const;
export type PromqlVersion = (typeof promqlVersions)[number];

/** What only a flag turns on, `--enable-feature=promql-...`; 2.42 has none of them. */
export type PromqlFeature =
  | 'experimental-functions'
  | 'duration-expressions'
  | 'extended-range-selectors'
  | 'binop-fill-modifiers';

/** The language that an expression has to be written in. */
export interface Dialect {
  readonly version: PromqlVersion;
  readonly features: readonly PromqlFeature[];
}

export const debianDialect: Dialect = { version: '2.42', features: [] };
export const currentDialect: Dialect = { version: '3.15', features: [] };

/** `>=2.42 <3` reads as 2.42, all newer ones as the newest that is known; null for older ones, which nothing judges. */
export function dialectOf(release: string, features: readonly PromqlFeature[] = []): Dialect | null {
  const match = /^v?(\d+)\.(\d+)/.exec(release);
  if (match === null) return null;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major > 2) return { version: '3.15', features };
  return major === 2 && minor >= 42 ? { version: '2.42', features: [] } : null;
}

export function isOldest(dialect: Dialect): boolean {
  return dialect.version === '2.42';
}
