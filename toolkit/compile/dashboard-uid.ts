import { digestOf } from '../model/index.ts';

const longest = 40;

/**
 * How Grafana, and every link, names the dashboard of a stack: `opsctl-plant-1-host`. Grafana takes 40 characters, so a
 * longer name ends with a digest of the whole.
 */
export function dashboardUid(stack: string, name: string): string {
  const whole = `opsctl-${stack}-${name}`;
  return whole.length <= longest ? whole : `${whole.slice(0, longest - 9)}-${digestOf(whole).slice(-8)}`;
}

/**
 * A panel is known by what it shows and not by its place, so that links to it hold when rows are added above (FNV-1a, 31
 * bits; that no two panels of a dashboard meet is checked by the provider).
 */
export function panelId(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 1) + 1;
}
