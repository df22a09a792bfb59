import { type ConfigurationItem, criticalities } from '../../model/index.ts';
import { itemLabels } from '../operated-stack.ts';
import type { UpheldSlo } from './upheld.ts';

/**
 * The public contract of labels, of everything that is recorded for an objective: its alerts inherit them. A service of
 * one item has that item's, one of several has the id of the objective for an item and `service` for a class.
 */
export function sloLabels({ slo, stack, items }: UpheldSlo): Readonly<Record<string, string>> {
  const [only] = items;
  if (items.length === 1 && only !== undefined)
    return { slo: slo.id, ...itemLabels(only, stack.tier), team: slo.team ?? only.owner };
  return {
    slo: slo.id,
    item: slo.id,
    class: 'service',
    tier: stack.tier,
    site: stack.site,
    tenant: sharedBy(items.map(({ tenant }) => tenant)) ?? 'shared',
    team: slo.team ?? stack.team,
    criticality: highest(items),
  };
}

function sharedBy(values: readonly (string | null)[]): string | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}

function highest(items: readonly ConfigurationItem[]): string {
  const ranks = items.map(({ criticality }) => criticalities.indexOf(criticality));
  return criticalities[Math.min(...ranks)] ?? 'low';
}
