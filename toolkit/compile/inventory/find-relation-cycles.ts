import type { ItemRelation } from '../../model/index.ts';
import type { CappedReport } from './capped-report.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import type { RawItem } from './raw-item.ts';

// Where a circle makes no sense. Services may well depend on each other, and networks are built as rings.
const chains = ['runs-on', 'powered-by', 'located-in'];

/** Reports each circle once, at the item of it that stands first. */
export function findRelationCycles(
  items: ReadonlyMap<string, RawItem>,
  relations: ReadonlyMap<string, readonly ItemRelation[]>,
  report: CappedReport,
): void {
  for (const chain of chains) {
    const next = new Map<string, readonly string[]>();
    for (const [id, own] of relations) {
      if (own.some(({ type }) => type === chain))
        next.set(
          id,
          own.filter(({ type }) => type === chain).map(({ to }) => to),
        );
    }
    for (const path of cyclesOf(items.keys(), next)) {
      const item = items.get(path[0] ?? '');
      if (item === undefined) continue;
      const occurrence = { position: item.positionOf(`/relations/${chain}`), subject: path[0] ?? '' };
      report.add('relation-cycle', item.source.file, () =>
        inventoryDiagnostics.create('relation-cycle', { relation: chain, path }, occurrence),
      );
    }
  }
}

/** An item on the path, and how many of its targets were followed. */
interface Step {
  readonly id: string;
  readonly targets: readonly string[];
  seen: number;
}

/**
 * Walks depth first with a stack of its own, as a chain may be as long as the inventory. An item is left when all that
 * it leads to was seen; meeting one that is still on the path closes a circle.
 */
function cyclesOf(ids: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = [];
  const left = new Set<string>();
  for (const start of ids) {
    if (left.has(start) || !next.has(start)) continue;
    const path: Step[] = [];
    const onPath = new Map<string, number>();
    enter(start, next, path, onPath);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.targets[top.seen];
      top.seen += 1;
      if (to === undefined) {
        path.pop();
        onPath.delete(top.id);
        left.add(top.id);
        continue;
      }
      const begin = onPath.get(to);
      if (begin !== undefined) cycles.push([...path.slice(begin).map(({ id }) => id), to]);
      else if (!left.has(to)) enter(to, next, path, onPath);
    }
  }
  return cycles;
}

function enter(
  id: string,
  next: ReadonlyMap<string, readonly string[]>,
  path: Step[],
  onPath: Map<string, number>,
): void {
  onPath.set(id, path.length);
  path.push({ id, targets: next.get(id) ?? [], seen: 0 });
}
