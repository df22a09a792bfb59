import { describeValue } from '../../languages/json-schema/index.ts';
import type { CappedReport } from './capped-report.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import { codeOf, refuseId } from './item-id.ts';
import { isColumnMissing, type ToldColumns } from './missing-column.ts';
import { missingAt, type RawItem } from './raw-item.ts';

/**
 * The items by their ids, each id once, in the order they stand. An item without a usable id is reported and left out; what
 * it has for one goes to `refused`.
 */
export function identifyItems(
  items: readonly RawItem[],
  report: CappedReport,
  refused: Set<string>,
): ReadonlyMap<string, RawItem> {
  const identified = new Map<string, RawItem>();
  const looks = new Map<string, string>();
  const told: ToldColumns = new Set();
  for (const item of items) {
    const id = readId(item, report, told);
    if (id === null) {
      refused.add(String(item.values.id ?? '').trim());
      continue;
    }
    const first = identified.get(id);
    if (first !== undefined) {
      reportDuplicate(id, first, item, report);
      continue;
    }
    identified.set(id, item);
    warnOfLooks(id, item, looks, identified, report);
  }
  return identified;
}

function readId(item: RawItem, report: CappedReport, told: ToldColumns): string | null {
  const { id } = item.values;
  const { file } = item.source;
  if (id === undefined || id === null || id === '') {
    if (isColumnMissing({ item, report, told, attributes: [] }, '/id', 'id')) return null;
    const facts = { subject: 'An item', name: 'id', origin: item.origin };
    report.add('missing-field', file, () =>
      inventoryDiagnostics.create('missing-field', facts, { position: missingAt(item, '/id') }),
    );
    return null;
  }
  if (typeof id !== 'string') {
    const facts = {
      subject: 'an item',
      name: 'id',
      expected: 'a text',
      found: describeValue(id),
      source: item.sourceOf('/id'),
    };
    report.add('wrong-field', file, () =>
      inventoryDiagnostics.create('wrong-field', facts, {
        position: item.positionOf('/id'),
        expected: 'a text',
        found: facts.found,
      }),
    );
    return null;
  }
  const trimmed = id.trim();
  if (trimmed !== id) reportTrimmed(trimmed, item, report);
  const reason = refuseId(trimmed);
  if (reason === null) return trimmed;
  report.add('bad-id', file, () =>
    inventoryDiagnostics.create(
      'bad-id',
      { id: trimmed, reason },
      { position: item.positionOf('/id'), found: trimmed },
    ),
  );
  return null;
}

function reportTrimmed(id: string, item: RawItem, report: CappedReport): void {
  report.add('blanks-trimmed', item.source.file, () => {
    const facts = { subject: id, name: 'id' };
    return inventoryDiagnostics.create('blanks-trimmed', facts, { position: item.positionOf('/id'), subject: id });
  });
}

function reportDuplicate(id: string, first: RawItem, second: RawItem, report: CappedReport): void {
  report.add('duplicate-id', second.source.file, () => {
    const facts = { id, first: first.positionOf('/id') };
    return inventoryDiagnostics.create('duplicate-id', facts, { position: second.positionOf('/id'), subject: id });
  });
}

// Cyrillic and Greek letters that no reader tells from Latin ones.
const lookAlikes = /[\u0370-\u03ff\u0400-\u04ff]/;

function warnOfLooks(
  id: string,
  item: RawItem,
  looks: Map<string, string>,
  identified: ReadonlyMap<string, RawItem>,
  report: CappedReport,
): void {
  const look = id.normalize('NFKC').toLowerCase();
  const other = looks.get(look);
  looks.set(look, other ?? id);
  const first = other === undefined ? undefined : identified.get(other);
  if (other !== undefined && first !== undefined) {
    report.add('confusing-id', item.source.file, () => {
      const facts = { id, other, first: first.positionOf('/id') };
      return inventoryDiagnostics.create('confusing-id', facts, { position: item.positionOf('/id'), subject: id });
    });
  }
  const character = /[A-Za-z]/.test(id) ? lookAlikes.exec(id)?.[0] : undefined;
  if (character === undefined) return;
  report.add('mixed-scripts', item.source.file, () => {
    const facts = { id, character, code: codeOf(character) };
    return inventoryDiagnostics.create('mixed-scripts', facts, { position: item.positionOf('/id'), subject: id });
  });
}
