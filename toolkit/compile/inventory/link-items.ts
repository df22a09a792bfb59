import { nearestName, pointerSteps, pointerTo } from '../../diagnostics/index.ts';
import { describeValue } from '../../languages/json-schema/index.ts';
import { findRelationType, type ItemRelation, relationTypes } from '../../model/index.ts';
import type { CappedReport } from './capped-report.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import type { RawItem } from './raw-item.ts';

/**
 * The relations of every item in their forward direction: `runs: web` at a host becomes `runs-on: host` at web. What is
 * said from both ends is there once. Sorted, so that it does not matter from which end it was said.
 */
export function linkItems(
  items: ReadonlyMap<string, RawItem>,
  refused: ReadonlySet<string>,
  report: CappedReport,
): ReadonlyMap<string, readonly ItemRelation[]> {
  const known: KnownItems = { items, refused };
  const relations = new Map<string, ItemRelation[]>();
  for (const [id, item] of items) {
    for (const { from, type, to } of mentionsOf(id, item, known, report)) {
      const own = relations.get(from);
      if (own === undefined) relations.set(from, [{ type, to }]);
      else own.push({ type, to });
    }
  }
  return new Map([...relations].map(([id, own]) => [id, own.length === 1 ? own : sortUnique(own)]));
}

interface KnownItems {
  readonly items: ReadonlyMap<string, RawItem>;
  /** Ids of items that were reported and left out: naming one is no mistake of its own. */
  readonly refused: ReadonlySet<string>;
}

interface Mention {
  readonly from: string;
  readonly type: string;
  readonly to: string;
}

const relationNames = relationTypes.flatMap(({ forward, reverse }) => [forward, reverse]);
const relationOrder = new Map(relationTypes.map(({ forward }, index) => [forward, index]));

function sortUnique(own: readonly ItemRelation[]): readonly ItemRelation[] {
  const sorted = own.toSorted(compareRelations);
  return sorted.filter((relation, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareRelations(before, relation) !== 0;
  });
}

function compareRelations(left: ItemRelation, right: ItemRelation): number {
  const byType = (relationOrder.get(left.type) ?? 0) - (relationOrder.get(right.type) ?? 0);
  if (byType !== 0 || left.to === right.to) return byType;
  return left.to < right.to ? -1 : 1;
}

function mentionsOf(id: string, item: RawItem, known: KnownItems, report: CappedReport): readonly Mention[] {
  const { relations } = item.values;
  if (relations === undefined || relations === null) return [];
  if (typeof relations !== 'object' || Array.isArray(relations)) {
    reportShape(id, item, '/relations', 'a mapping such as `runs-on: mes-vm-1`', relations, report);
    return [];
  }
  return Object.entries(relations).flatMap(([name, value]) => {
    const found = findRelationType(name);
    if (found === null) {
      reportUnknown(id, item, name, report);
      return [];
    }
    const far = readIds(id, item, name, value, report).filter((to) => isThere(id, item, name, to, known, report));
    return far.map((to) => {
      const [from, target] = found.direction === 'forward' ? [id, to] : [to, id];
      return { from, type: found.type.forward, to: target };
    });
  });
}

function reportShape(
  id: string,
  item: RawItem,
  pointer: string,
  expected: string,
  value: unknown,
  report: CappedReport,
): void {
  report.add('wrong-field', item.source.file, () => {
    const name = pointerSteps(pointer).at(-1) ?? '';
    const facts = { subject: id, name, expected, found: describeValue(value), source: item.sourceOf(pointer) };
    const occurrence = { position: item.positionOf(pointer), subject: id, expected, found: facts.found };
    return inventoryDiagnostics.create('wrong-field', facts, occurrence);
  });
}

function reportUnknown(id: string, item: RawItem, name: string, report: CappedReport): void {
  report.add('unknown-relation', item.source.file, () => {
    const facts = { subject: id, name, nearest: nearestName(name, relationNames), known: relationNames };
    const occurrence = {
      position: item.namePositionOf(pointerOf(name)),
      subject: id,
      expected: `one of ${relationNames.join(', ')}`,
      found: name,
    };
    return inventoryDiagnostics.create('unknown-relation', facts, occurrence);
  });
}

function pointerOf(name: string): string {
  return pointerTo('/relations', name);
}

function readIds(id: string, item: RawItem, name: string, value: unknown, report: CappedReport): readonly string[] {
  if (value === null) return [];
  const ids = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (ids.every((far) => typeof far === 'string')) return ids.map((far) => far.trim());
  reportShape(id, item, pointerOf(name), 'the id of an item, or a list of ids', value, report);
  return [];
}

function isThere(
  id: string,
  item: RawItem,
  relation: string,
  to: string,
  { items, refused }: KnownItems,
  report: CappedReport,
): boolean {
  if (to === id) {
    report.add('self-relation', item.source.file, () => {
      const occurrence = { position: item.positionOf(pointerOf(relation)), subject: id, found: to };
      return inventoryDiagnostics.create('self-relation', { subject: id, relation }, occurrence);
    });
    return false;
  }
  if (items.has(to)) return true;
  if (refused.has(to)) return false;
  report.add('dangling-relation', item.source.file, () => {
    const others = items.keys().filter((other) => other !== id);
    const facts = { subject: id, relation, to, nearest: nearestName(to, others) };
    const occurrence = {
      position: item.positionOf(pointerOf(relation)),
      subject: id,
      expected: 'the id of an item',
      found: to,
    };
    return inventoryDiagnostics.create('dangling-relation', facts, occurrence);
  });
  return false;
}
