import { type BilingualText, type ConfigurationItem, isSelected, type Slo } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { seenItems } from './overview.ts';
import { neededBy } from './service-needs.ts';

/** A service: the items that people use, the objectives that are held for them, and all that they need. */
export interface Service {
  readonly id: string;
  readonly title: BilingualText;
  readonly slos: readonly Slo[];
  readonly items: readonly ConfigurationItem[];
  /** What it cannot do without, at all depths, by id. */
  readonly needs: readonly ConfigurationItem[];
}

export function servicesOf(operated: OperatedStack): readonly Service[] {
  const seen = seenItems(operated);
  const upheld = operated.stack.objectives.map(({ slo }) => ({
    slo,
    items: seen.filter((item) => isSelected(slo.service, item)),
  }));
  const sameItems = Map.groupBy(upheld, ({ items }) => items.map(({ id }) => id).join(' '));
  return [...sameItems.values()].flatMap((objectives) => {
    const [first] = objectives;
    if (first === undefined || first.items.length === 0) return [];
    const [only] = first.items;
    const isOne = first.items.length === 1 && only !== undefined;
    return [
      {
        id: isOne ? only.id : first.slo.id,
        title: isOne ? only.title : first.slo.title,
        slos: objectives.map(({ slo }) => slo),
        items: first.items,
        needs: neededBy(first.items, operated),
      },
    ];
  });
}

/** Restricts series to those of the items. */
export function amongItems(items: readonly ConfigurationItem[]): string {
  return `item=~"${items.map(({ id }) => id).join('|')}"`;
}
