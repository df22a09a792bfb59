import { pointerTo } from '../../diagnostics/index.ts';
import type { ConfigurationItem } from '../../model/index.ts';
import type { CappedReport } from './capped-report.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import type { RawItem } from './raw-item.ts';

/** Identity numbers that one thing alone has, however an inventory spells their names. */
const uniqueNumbers = new Map([
  ...['serial', 'serialno', 'serialnumber', 'sn', '序列号'].map((name) => [name, 'serial'] as const),
  ...['asset', 'assetid', 'assetno', 'assetnumber', 'assettag', '资产编号'].map((name) => [name, 'asset'] as const),
  ...['uid', 'uuid', 'guid'].map((name) => [name, 'uid'] as const),
]);

/**
 * Two records with one number are one thing recorded twice, or a number copied with its row. A server and its management
 * controller share theirs: of two classes, related items are left alone and others are only warned of. What is retired may
 * serve again under a new id.
 */
export function findTwins(
  items: readonly ConfigurationItem[],
  rawOf: ReadonlyMap<string, RawItem>,
  report: CappedReport,
): void {
  const firstOf = new Map<string, ConfigurationItem>();
  const kinds = new Map<string, string | undefined>();
  for (const item of items) {
    if (item.stage === 'retired') continue;
    for (const [name, value] of Object.entries(item.identity)) {
      const kind = kinds.getOrInsertComputed(name, kindOf);
      if (kind === undefined) continue;
      const number = `${kind} ${value.normalize('NFKC').toUpperCase()}`;
      const first = firstOf.get(number);
      if (first === undefined) firstOf.set(number, item);
      else if (first !== item && (first.class === item.class || !areRelated(first, item))) {
        reportTwins(first, item, name, rawOf, report);
      }
    }
  }
}

/** Undefined for what is no number of one thing alone. */
function kindOf(name: string): string | undefined {
  return uniqueNumbers.get(name.toLowerCase().replaceAll(/[\s_.-]/g, ''));
}

function areRelated(left: ConfigurationItem, right: ConfigurationItem): boolean {
  return left.relations.some(({ to }) => to === right.id) || right.relations.some(({ to }) => to === left.id);
}

function reportTwins(
  first: ConfigurationItem,
  second: ConfigurationItem,
  name: string,
  rawOf: ReadonlyMap<string, RawItem>,
  report: CappedReport,
): void {
  const code = first.class === second.class ? 'same-identity' : 'shared-identity';
  report.add(code, second.source.file, () => {
    const value = second.identity[name] ?? '';
    const pointer = pointerTo('/identity', name);
    const at = rawOf.get(first.id)?.positionOf(pointer) ?? first.source;
    const facts = { id: second.id, name, value, other: first.id, at };
    const position = rawOf.get(second.id)?.positionOf(pointer) ?? second.source;
    return inventoryDiagnostics.create(code, facts, { position, subject: second.id, found: value });
  });
}
