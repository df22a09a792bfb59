/**
 * The releases of Alertmanager whose language is known: what Debian 12 installs, and the newest one. Both are compared
 * with Alertmanager itself, the former by a running server in every test run, the latter by recorded verdicts.
 */
export const alertmanagerReleases = ['0.25', '0.34'] as const;
export type AlertmanagerRelease = (typeof alertmanagerReleases)[number];

export const debianRelease: AlertmanagerRelease = '0.25';

/** `0.27.1` reads as 0.25 and 0.35 as 0.34, the newest known release that it has all of; null for older ones. */
export function alertmanagerReleaseOf(version: string): AlertmanagerRelease | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return null;
  const order = Number(major) * 1000 + Number(minor);
  if (order >= 34) return '0.34';
  return order >= 25 ? '0.25' : null;
}
