import { pointerSteps } from '../../diagnostics/index.ts';
import type { CappedReport } from './capped-report.ts';
import type { ClassSchema } from './check-items.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import { isFirstTold, type ToldColumns } from './missing-column.ts';
import type { RawHeader, RawItem } from './raw-item.ts';
import { baseColumns, columnOf, nearestColumn } from './read-csv-items.ts';

interface Context {
  readonly classes: readonly ClassSchema[];
  readonly report: CappedReport;
  readonly told: ToldColumns;
}

/**
 * A column that no class of its table knows is a mistake whatever its cells hold: who fills one in later would be told of
 * the value, and who never does believes that the inventory has room for it. Columns that were told already are left out.
 */
export function checkColumns(items: Iterable<RawItem>, { classes, report, told }: Context): void {
  const attributesOf = new Map(classes.map(({ id, attributes }) => [id, Object.keys(attributes)]));
  for (const [header, { item, names }] of tablesOf(items)) {
    const attributes = [...names].map((name) => attributesOf.get(name));
    // What a class has that is told as unknown nobody knows.
    if (!attributes.every((own) => own !== undefined)) continue;
    const known = [...new Set(attributes.flat())];
    for (const name of header.names.filter((candidate) => isStrange(candidate, known))) {
      if (isFirstTold(told, item, name)) reportColumn(name, { item, header, known, names: [...names], report });
    }
  }
}

interface Table {
  /** One of its rows. */
  readonly item: RawItem;
  readonly names: Set<string>;
}

function tablesOf(items: Iterable<RawItem>): ReadonlyMap<RawHeader, Table> {
  const tables = new Map<RawHeader, Table>();
  for (const item of items) {
    const { header, values } = item;
    if (header === undefined) continue;
    const table = tables.get(header) ?? { item, names: new Set() };
    tables.set(header, table);
    // Checked elsewhere: a row without a class says nothing of the columns.
    if (typeof values.class === 'string') table.names.add(values.class.trim());
  }
  return tables;
}

function isStrange(name: string, known: readonly string[]): boolean {
  const { place, pointer } = columnOf(name);
  return name !== '' && place.kind === 'part' && place.of === 'attributes' && !known.includes(attributeOf(pointer));
}

function attributeOf(pointer: string): string {
  return pointerSteps(pointer).at(-1) ?? '';
}

interface StrangeColumn {
  readonly item: RawItem;
  readonly header: RawHeader;
  readonly known: readonly string[];
  readonly names: readonly string[];
  readonly report: CappedReport;
}

function reportColumn(name: string, { item, header, known: own, names, report }: StrangeColumn): void {
  report.add('unknown-column', item.source.file, () => {
    const known = [...own, ...baseColumns];
    const facts = { name, class: names.join(', '), nearest: nearestColumn(name, own), known };
    const occurrence = { position: header.positionOf(name), expected: `one of ${known.join(', ')}`, found: name };
    return inventoryDiagnostics.create('unknown-attribute', facts, occurrence);
  });
}
