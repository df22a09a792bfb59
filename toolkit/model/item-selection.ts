import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import type { ConfigurationItem } from './configuration-item.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { JsonValue } from './json.ts';
import type { Criticality } from './organisation.ts';
import { selectionShapes } from './selection-shapes.ts';

/** Which items are meant. Kept as data and matched by the compiler, once the inventories are read. */
export interface ItemSelection {
  readonly kind: 'item-selection';
  readonly criteria: ItemCriteria;
  readonly source: SourceSpan;
}

/** All criteria must hold; a list means any of its values. */
export interface ItemCriteria {
  readonly id?: string | readonly string[];
  readonly class?: string | readonly string[];
  readonly site?: string | readonly string[];
  readonly owner?: string | readonly string[];
  readonly tenant?: string | readonly string[];
  readonly criticality?: Criticality | readonly Criticality[];
  /** Of the item's class: `{ kind: 'virtual' }`. An item that has no such attribute is not meant. */
  readonly attributes?: Readonly<Record<string, WantedAttribute | readonly WantedAttribute[]>>;
}

/** An attribute that is a list fits when it holds the value. */
export type WantedAttribute = string | number | boolean;

/** The items of the organisation, as content refers to them. */
export interface Items {
  /** `items.where({ site: 'plant-east-1' })` */
  where(criteria: ItemCriteria): ItemSelection;
}

/** The items of the organisation: `items.where({ site: 'plant-1', class: 'host' })`. */
export const items: Items = {
  where(criteria) {
    const source = callSite(items.where);
    holdToShape(selectionShapes.criteria, criteria, 'items.where({...})', source);
    return { kind: 'item-selection', criteria, source };
  },
};

/** Makes the typed reference function of an inventory; `opsctl generate` writes its call beside the inventories. */
export function itemReference<ItemId extends string>(): (id: ItemId) => ItemSelection {
  return function item(id: ItemId): ItemSelection {
    const source = callSite(item);
    holdToShape(selectionShapes.id, { id }, 'item(...)', source);
    return { kind: 'item-selection', criteria: { id }, source };
  };
}

/** Whether an item is among those that a selection means. */
export function isSelected(selection: ItemSelection, item: ConfigurationItem): boolean {
  return matchesCriteria(selection.criteria, item);
}

export function matchesCriteria(criteria: ItemCriteria, item: ConfigurationItem): boolean {
  const { id, class: objectClass, site, owner, tenant, criticality, attributes } = criteria;
  return (
    accepts(id, item.id) &&
    accepts(objectClass, item.class) &&
    accepts(site, item.site) &&
    accepts(owner, item.owner) &&
    accepts(tenant, item.tenant) &&
    accepts(criticality, item.criticality) &&
    (attributes === undefined || hasAttributes(item, attributes))
  );
}

/** The selection in words: `site plant-east-1, class host`. */
export function describeSelection(selection: ItemSelection): string {
  return describeCriteria(selection.criteria);
}

export function describeCriteria({ attributes = {}, ...criteria }: ItemCriteria): string {
  const parts = Object.entries<unknown>({ ...criteria, ...attributes }).map(
    ([name, value]) => `${name} ${Array.isArray(value) ? value.join(' or ') : value}`,
  );
  return parts.length === 0 ? 'every item' : parts.join(', ');
}

function accepts(wanted: string | readonly string[] | undefined, value: string | null): boolean {
  if (wanted === undefined) return true;
  if (value === null) return false;
  return typeof wanted === 'string' ? wanted === value : wanted.includes(value);
}

function hasAttributes({ attributes }: ConfigurationItem, wanted: NonNullable<ItemCriteria['attributes']>): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const options: readonly JsonValue[] = Array.isArray(value) ? value : [value as WantedAttribute];
    const own = attributes[name];
    return Array.isArray(own)
      ? own.some((entry) => options.includes(entry))
      : own !== undefined && options.includes(own);
  });
}
