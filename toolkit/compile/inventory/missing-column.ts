import { nearestName, pointerTo } from '../../diagnostics/index.ts';
import { findRelationType } from '../../model/index.ts';
import type { CappedReport } from './capped-report.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import type { RawItem } from './raw-item.ts';
import { baseColumns } from './read-csv-items.ts';

/** What was said of the columns of each file, so that it is said once. */
export type ToldColumns = Set<string>;

interface Reader {
  readonly item: RawItem;
  readonly report: CappedReport;
  readonly told: ToldColumns;
  /** Names that the class gives to columns. */
  readonly attributes: readonly string[];
}

/**
 * Whether a required value is missing because its whole column is: then that is told, once, and of no row. A column whose
 * name is like the missing one is most likely it, misspelt; then it is not told as an unknown one too.
 */
export function isColumnMissing({ item, report, told, attributes }: Reader, pointer: string, name: string): boolean {
  const { header, source } = item;
  if (header === undefined || header.has(pointer)) return false;
  if (!isFirstTold(told, item, `missing ${name}`)) return true;
  const nearest = nearestName(
    name,
    header.names.filter((candidate) => !isKnownColumn(candidate, attributes)),
  );
  if (nearest !== null) told.add(keyOf(item, nearest));
  report.add(`missing-column ${name}`, source.file, () => {
    const occurrence = { position: header.positionOf(nearest), expected: name, found: nearest ?? 'no such column' };
    return inventoryDiagnostics.create('missing-column', { file: source.file, name, nearest }, occurrence);
  });
  return true;
}

export function isFirstTold(told: ToldColumns, item: RawItem, column: string): boolean {
  const key = keyOf(item, column);
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

function keyOf({ source }: RawItem, column: string): string {
  return `${source.file}\n${column}`;
}

function isKnownColumn(name: string, attributes: readonly string[]): boolean {
  return (
    baseColumns.includes(name) || findRelationType(name) !== null || attributes.includes(name) || name.includes('.')
  );
}

export function attributePointer(name: string): string {
  return pointerTo('/attributes', name);
}
