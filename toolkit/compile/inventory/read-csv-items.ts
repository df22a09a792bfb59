import { posix } from 'node:path';
import { nearestName, pointerTo, type SourceSpan } from '../../diagnostics/index.ts';
import { type CsvTable, parseCsv } from '../../languages/csv/index.ts';
import { findRelationType, relationTypes } from '../../model/index.ts';
import type { RawHeader, RawItem, RawValues } from './raw-item.ts';
import type { RawInventories } from './read-inventories.ts';
import { firstCells } from './refused-ids.ts';

/**
 * One row, one item. Columns: the fields of an item; `title_en` and `title_zh`; `identity.<name>`; a relation such as
 * `runs-on` with ids separated by `;`; every other name is an attribute of the class. Without a column `class` the name
 * of the file is the class: `host.csv`. An empty cell is an absent value.
 */
export function readCsvItems(text: string, file: string): RawInventories {
  const table = parseCsv(text, file);
  const columns = table.header.map(columnOf);
  const pointers = new Map(columns.map(({ pointer }, index) => [pointer, index]));
  const fileClass = columns.some(({ place }) => place.kind === 'field' && place.name === 'class')
    ? null
    : classOfFile(file);
  const header = headerOf(table, pointers);
  const items = table.rows.map((cells, row) => makeItem(table, columns, pointers, cells, row, fileClass, header));
  return { items, refused: refusedIds(table, pointers.get('/id'), text), diagnostics: table.diagnostics };
}

/** Of rows that were left out, and of all where no column is named `id`. */
function refusedIds({ header, rows, refused }: CsvTable, column: number | undefined, text: string): readonly string[] {
  if (header.length === 0) return firstCells(text);
  const lost = column === undefined ? [...rows, ...refused] : refused;
  return lost.map((cells) => cells[column ?? 0]?.trim() ?? '');
}

function classOfFile(file: string): string {
  return posix.basename(file).replace(/\.csv$/i, '');
}

interface Column {
  readonly place: Place;
  /** Of the value in an item. */
  readonly pointer: string;
}

type Place =
  | { readonly kind: 'field'; readonly name: keyof RawValues }
  | { readonly kind: 'part'; readonly of: 'title' | 'identity' | 'attributes' | 'relations'; readonly name: string };

const plainFields: readonly (keyof RawValues)[] = [
  'id',
  'class',
  'title',
  'site',
  'owner',
  'tenant',
  'criticality',
  'stage',
  'supplier',
];

/** Columns that every inventory may have, whatever its class. */
export const baseColumns: readonly string[] = [...plainFields, 'title_en', 'title_zh'];

/** Names that columns may have besides those of attributes, each with what is written for short in its place. */
const otherColumns = new Map([
  ...relationTypes.flatMap(({ forward, reverse }) => [forward, reverse]).map((name) => [name, name] as const),
  ['serial', 'identity.serial'],
]);

/** The column that was meant by the name of none. */
export function nearestColumn(name: string, attributes: readonly string[]): string | null {
  const nearest = nearestName(name, [...attributes, ...baseColumns, ...otherColumns.keys()]);
  return nearest === null ? null : (otherColumns.get(nearest) ?? nearest);
}

/** What the name of a column stands for. */
export function columnOf(header: string): Column {
  const place = placeOf(header);
  const pointer = place.kind === 'field' ? `/${place.name}` : pointerTo(`/${place.of}`, place.name);
  return { place, pointer };
}

function placeOf(header: string): Place {
  const field = plainFields.find((name) => name === header);
  if (field !== undefined) return { kind: 'field', name: field };
  if (header === 'title_en' || header === 'title_zh')
    return { kind: 'part', of: 'title', name: header.slice('title_'.length) };
  const prefixed = /^(identity|attributes)\.(.+)$/s.exec(header);
  if (prefixed !== null) return { kind: 'part', of: prefixed[1] as 'identity' | 'attributes', name: prefixed[2] ?? '' };
  return { kind: 'part', of: findRelationType(header) === null ? 'attributes' : 'relations', name: header };
}

function makeItem(
  table: CsvTable,
  columns: readonly Column[],
  pointers: ReadonlyMap<string, number>,
  cells: readonly string[],
  row: number,
  fileClass: string | null,
  header: RawHeader,
): RawItem {
  const source = table.rowPositionOf(row);
  const positionIn = (in_: number, pointer: string): SourceSpan => {
    const column = columnAt(pointers, pointer);
    return column === undefined ? source : table.positionOf(in_, column);
  };
  return {
    origin: 'csv',
    values: valuesOf(columns, cells, fileClass),
    source,
    positionOf: (pointer) => positionIn(row, pointer),
    namePositionOf: (pointer) => positionIn(-1, pointer),
    sourceOf: (pointer) => cells[columnAt(pointers, pointer) ?? -1] ?? '',
    header,
  };
}

function headerOf(table: CsvTable, pointers: ReadonlyMap<string, number>): RawHeader {
  return {
    names: table.header,
    has: (pointer) => columnAt(pointers, pointer) !== undefined,
    positionOf: (name) => table.positionOf(-1, name === null ? 0 : table.header.indexOf(name)),
  };
}

/** `/relations/runs-on/1` stands in the cell of `/relations/runs-on`. */
function columnAt(pointers: ReadonlyMap<string, number>, pointer: string): number | undefined {
  return pointers.get(pointer) ?? pointers.get(pointer.split('/').slice(0, 3).join('/'));
}

function valuesOf(columns: readonly Column[], cells: readonly string[], fileClass: string | null): RawValues {
  const values: Record<string, unknown> = fileClass === null ? {} : { class: fileClass };
  const parts: Record<string, Record<string, unknown>> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const cell = cells[index] ?? '';
    const column = columns[index];
    // What stands below no name has been told, and is of nothing.
    if (column === undefined || column.place.name === '' || cell.trim() === '') continue;
    const { place } = column;
    if (place.kind === 'field') values[place.name] = cell;
    else {
      parts[place.of] ??= Object.create(null) as Record<string, unknown>;
      (parts[place.of] as Record<string, unknown>)[place.name] = place.of === 'relations' ? splitList(cell) : cell;
    }
  }
  return { ...values, ...parts };
}

/** Chinese keyboards type the full-width sign. */
export function splitList(cell: string): readonly string[] {
  return cell
    .split(/[;；]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
