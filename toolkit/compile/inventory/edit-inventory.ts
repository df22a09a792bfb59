import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { editCsv, parseCsv } from '../../languages/csv/index.ts';
import { decodeText } from '../../languages/text-encoding/index.ts';
import { editYaml, parseYaml, type YamlValue } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonValue } from '../../model/index.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import { columnOf } from './read-csv-items.ts';
import type { InventoryFile } from './read-inventories.ts';

export interface ItemEdit {
  readonly id: string;
  /** JSON pointer of the field, such as `/attributes/port`. */
  readonly pointer: string;
  readonly value: JsonValue;
}

export type InventoryEdit =
  | { readonly kind: 'edited'; readonly text: string }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** Writes values of items into the file that declares them, and changes nothing else in it: for `drift --to-source`. */
export function editInventory({ path, bytes }: InventoryFile, edits: readonly ItemEdit[]): InventoryEdit {
  const decoded = decodeText(bytes, path);
  if (decoded.kind === 'refused') return { kind: 'refused', diagnostics: [decoded.diagnostic] };
  // The text is decoded without its byte order mark, which stays in the file.
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb ? '\ufeff' : '';
  const edited = /\.csv$/i.test(path) ? editRows(decoded.text, path, edits) : editEntries(decoded.text, path, edits);
  return edited.kind === 'edited' ? { kind: 'edited', text: mark + edited.text } : edited;
}

function refuse({ id, pointer }: ItemEdit, reason: string, position: SourceSpan): InventoryEdit {
  return {
    kind: 'refused',
    diagnostics: [inventoryDiagnostics.create('cannot-edit', { id, pointer, reason }, { position, subject: id })],
  };
}

function editRows(text: string, path: string, edits: readonly ItemEdit[]): InventoryEdit {
  const table = parseCsv(text, path);
  const idColumn = table.header.indexOf('id');
  const rowOf = new Map(table.rows.map((cells, row) => [cells[idColumn]?.trim() ?? '', row]));
  const cells: { row: number; column: string; value: string }[] = [];
  for (const edit of edits) {
    const row = rowOf.get(edit.id);
    if (row === undefined) return refuse(edit, 'the file does not declare the item', table.rowPositionOf(-1));
    const column = table.header.find((name) => columnOf(name).pointer === edit.pointer);
    if (column === undefined) return refuse(edit, 'the file has no column for it', table.rowPositionOf(row));
    const value = printCell(edit.value);
    if (value === null) return refuse(edit, 'a cell cannot hold such a value', table.rowPositionOf(row));
    cells.push({ row, column, value });
  }
  return editCsv(text, path, cells);
}

function printCell(value: JsonValue): string | null {
  if (value === null) return '';
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string') ? value.join(';') : null;
  return isJsonObject(value) ? null : String(value);
}

function editEntries(text: string, path: string, edits: readonly ItemEdit[]): InventoryEdit {
  const parsed = parseYaml(text, path);
  if (parsed.value === undefined) return { kind: 'refused', diagnostics: parsed.diagnostics };
  const entryOf = findEntries(parsed.value);
  const scalars: { pointer: string; value: null | boolean | number | string }[] = [];
  for (const edit of edits) {
    const entry = entryOf.get(edit.id);
    if (entry === undefined) return refuse(edit, 'the file does not declare the item', parsed.positionOf(''));
    const pointer = `${entry}${edit.pointer}`;
    // What stands below `defaults` is other items' as well.
    if (parsed.sourceOf(pointer) === '')
      return refuse(edit, 'the item does not say it itself', parsed.positionOf(entry));
    if (typeof edit.value === 'object' && edit.value !== null) {
      return refuse(edit, 'only single values are written', parsed.positionOf(pointer));
    }
    scalars.push({ pointer, value: edit.value });
  }
  return editYaml(text, path, scalars);
}

/** JSON pointers of the items by id. */
function findEntries(value: YamlValue): ReadonlyMap<string, string> {
  const [items, pointer] = isJsonObject(value) ? [value.items, '/items'] : [value, ''];
  const entries = Array.isArray(items) ? (items as readonly YamlValue[]) : [];
  return new Map(
    entries.flatMap((entry, index) =>
      isJsonObject(entry) && typeof entry.id === 'string' ? [[entry.id.trim(), `${pointer}/${index}`] as const] : [],
    ),
  );
}
