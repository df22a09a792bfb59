import type { Diagnostic } from '../../diagnostics/index.ts';
import { csvDiagnostics } from './csv-diagnostics.ts';
import { parseCsv } from './parse-csv.ts';

export type CsvEditResult =
  | { readonly kind: 'edited'; readonly text: string }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

export interface CsvEdit {
  /** Index into the rows of the parsed table. */
  readonly row: number;
  /** Name of the column. */
  readonly column: string;
  readonly value: string;
}

/** Writes cells and leaves every other byte as it is. All edits are made or none, and the result is read again. */
export function editCsv(text: string, file: string, edits: readonly CsvEdit[]): CsvEditResult {
  const table = parseCsv(text, file);
  const places = edits.map((edit) => ({ ...edit, index: table.header.indexOf(edit.column) }));
  const missing = places.filter(({ row, index }) => index < 0 || table.rows[row] === undefined);
  if (table.diagnostics.length > 0) return { kind: 'refused', diagnostics: table.diagnostics };
  if (missing.length > 0) return refuse(file, `there is no row ${missing[0]?.row} with a column ${missing[0]?.column}`);

  const edited = places
    .map(({ row, index, value }) => ({ ...table.offsetsOf(row, index), value }))
    .toSorted((left, right) => right.start - left.start)
    .reduce((before, { start, end, value }) => {
      return before.slice(0, start) + printCell(value, before.slice(start, end), table.separator) + before.slice(end);
    }, text);

  const after = parseCsv(edited, file);
  const asMeant = places.every(({ row, index, value }) => after.rows[row]?.[index] === value);
  if (asMeant && after.rows.length === table.rows.length && after.diagnostics.length === 0)
    return { kind: 'edited', text: edited };
  return refuse(file, 'the file would not be read back as meant');
}

function refuse(file: string, reason: string): CsvEditResult {
  const position = { file, line: 1, column: 1 };
  return { kind: 'refused', diagnostics: [csvDiagnostics.create('cannot-edit', { reason }, { position })] };
}

/** Quoted where it must be, and where the former cell was. */
function printCell(value: string, former: string, separator: string): string {
  const needsQuotes = value.includes(separator) || /["\r\n]|^#/.test(value) || former.startsWith('"');
  return needsQuotes ? `"${value.replaceAll('"', '""')}"` : value;
}
