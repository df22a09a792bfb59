import { createRequire } from 'node:module';
import type * as CsvParse from 'csv-parse/sync';
import type { CsvError } from 'csv-parse/sync';
import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { makeLineTable } from '../text-encoding/index.ts';
import { type CellSpan, cellSpans } from './cell-spans.ts';
import { csvDiagnostics } from './csv-diagnostics.ts';
import { findSeparator } from './find-separator.ts';
import { plainRows } from './plain-rows.ts';

export interface CsvTable {
  /** Names of the columns, without blanks around them; columns that are empty from top to bottom at the end are dropped. */
  readonly header: readonly string[];
  /** Rows that were left out. */
  readonly refused: readonly (readonly string[])[];
  /** Rows with anything in them; each has as many cells as the header. Comment lines (`#`) are none. */
  readonly rows: readonly (readonly string[])[];
  readonly separator: string;
  /** Where a cell stands; row -1 is the header. */
  positionOf(row: number, column: number): SourceSpan;
  rowPositionOf(row: number): SourceSpan;
  /** The same as offsets in the text, byte order mark included, quotes included. */
  offsetsOf(row: number, column: number): CellSpan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a table with a header as spreadsheets write it: quotes, line ends of every system, a byte order mark, `;` or
 * tabs for commas. Rows that do not fit the header are reported and left out; the others stay usable.
 */
export function parseCsv(source: string, file: string): CsvTable {
  // A carriage return alone ended lines on old Macintoshes; as a line feed it is read the same and nothing moves.
  const text = source.replace(/\r(?!\n)/g, '\n');
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const { separator, preamble } = findSeparator(text.slice(mark));
  const places = makePlaces(text, file, separator);
  const read = readRows(text.slice(mark + preamble), separator, mark + preamble, places);
  const [head, ...body] = read.rows;
  if (head === undefined)
    return emptyTable(separator, places, read.problems.length > 0 ? read.problems : [noHeader(places)]);
  if (head.cells.length === 1 && separator === ',' && /[，；]/.test(head.cells[0] ?? '')) {
    const { start, end } = places.cellSpan(head.start, 0);
    return emptyTable(separator, places, [
      csvDiagnostics.create('wide-separator', {}, { position: places.spanAt(start, end) }),
    ]);
  }
  return makeTable(head, body, separator, places, read.problems);
}

interface Row {
  readonly cells: readonly string[];
  /** Offset of its first cell. */
  readonly start: number;
}

interface Places {
  cellSpan(start: number, column: number): CellSpan;
  spanAt(start: number, end?: number): SourceSpan;
}

function makePlaces(text: string, file: string, separator: string): Places {
  const lines = makeLineTable(text, file);
  return {
    spanAt: lines.spanAt,
    cellSpan: (start, column) => cellSpans(text, start, separator)[column] ?? { start, end: start },
  };
}

const load = createRequire(import.meta.url);

/** Not needed where nothing is quoted. */
function library(): typeof CsvParse {
  return load('csv-parse/sync') as typeof CsvParse;
}

interface ReadRows {
  readonly rows: readonly Row[];
  readonly problems: readonly Diagnostic[];
}

function readRows(text: string, separator: string, offset: number, places: Places): ReadRows {
  const plain = plainRows(text, separator);
  if (plain !== null)
    return { rows: plain.map(({ cells, start }) => ({ cells, start: offset + start })), problems: [] };
  // csv-parse counts bytes, our positions count characters: the same thing only while the text is ASCII.
  const { CsvError: Refusal, parse } = library();
  const bytes = Buffer.from(text);
  const characters = makeCharacterCounter(bytes, text.length);
  const rows: Row[] = [];
  try {
    let end = 0;
    const take = (cells: string[], info: { readonly bytes: number }): null => {
      const start = skipComments(bytes, end);
      end = info.bytes;
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ cells, start: offset + characters.upTo(start) });
      return null;
    };
    parse(bytes, { ...options, delimiter: separator, on_record: take });
    return { rows, problems: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      rows: [],
      problems: [explain(error, places.spanAt(offset + troubledCell(text, bytes, error, separator)))],
    };
  }
}

/** The library tells where the row before ended; the cell it stopped at is the last one that can be made out. */
function troubledCell(text: string, bytes: Buffer, error: CsvError, separator: string): number {
  const near = bytes.subarray(0, skipComments(bytes, Number(error.bytes ?? 0))).toString().length;
  const lineStart = text.lastIndexOf('\n', near - 1) + 1;
  // Where such a row ends nobody has looked.
  if (error.code === 'CSV_MAX_RECORD_SIZE') return lineStart;
  return cellSpans(text, lineStart, separator).at(-1)?.start ?? lineStart;
}

const options = {
  relax_column_count: true,
  comment: '#',
  // Only a line that begins with it is a comment: a cell may hold one.
  comment_no_infix: true,
  record_delimiter: ['\r\n', '\n'],
  // One quote that is never closed must not swallow a file of any size.
  max_record_size: 1_000_000,
};

/** Comments before a row count as its bytes. */
function skipComments(bytes: Buffer, start: number): number {
  let offset = start;
  while (bytes[offset] === 35) {
    while (offset < bytes.length && bytes[offset] !== 10 && bytes[offset] !== 13) offset += 1;
    offset += bytes[offset] === 13 && bytes[offset + 1] === 10 ? 2 : 1;
  }
  return offset;
}

/** Characters (UTF-16 units) before a byte; asked in rising order, so that the whole file is counted once. */
function makeCharacterCounter(bytes: Buffer, length: number): { upTo(offset: number): number } {
  if (bytes.length === length) return { upTo: (offset) => offset };
  let [byte, count] = [0, 0];
  return {
    upTo(offset) {
      for (; byte < offset; byte += 1) {
        const value = bytes[byte] ?? 0;
        // Bytes that continue a character count nothing; the four-byte ones are two units.
        if ((value & 0xc0) !== 0x80) count += value >= 0xf0 ? 2 : 1;
      }
      return count;
    },
  };
}

function explain(error: CsvError, position: SourceSpan): Diagnostic {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return csvDiagnostics.create('quote-not-closed', {}, { position });
    case 'CSV_MAX_RECORD_SIZE':
      return csvDiagnostics.create('row-too-long', {}, { position });
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return csvDiagnostics.create('quote-inside-cell', {}, { position });
    default:
      return csvDiagnostics.create('not-readable', { reason: error.message }, { position });
  }
}

function noHeader(places: Places): Diagnostic {
  return csvDiagnostics.create('no-header', {}, { position: places.spanAt(0) });
}

function emptyTable(separator: string, places: Places, diagnostics: readonly Diagnostic[]): CsvTable {
  return {
    header: [],
    refused: [],
    rows: [],
    separator,
    positionOf: () => places.spanAt(0),
    rowPositionOf: () => places.spanAt(0),
    offsetsOf: () => ({ start: 0, end: 0 }),
    diagnostics,
  };
}

function makeTable(
  head: Row,
  body: readonly Row[],
  separator: string,
  places: Places,
  problems: readonly Diagnostic[],
): CsvTable {
  const header = namesOf(head, body);
  const fitting = body.filter((row) => fits(row, header.length));
  const refused = body.filter((row) => !fits(row, header.length));
  const starts = [head.start, ...fitting.map(({ start }) => start)];
  const offsetsOf = (row: number, column: number): CellSpan => places.cellSpan(starts[row + 1] ?? head.start, column);
  return {
    header,
    refused: refused.map(({ cells }) => cells),
    rows: fitting.map(({ cells }) => (cells.length === header.length ? cells : cells.slice(0, header.length))),
    separator,
    offsetsOf,
    positionOf: (row, column) => {
      const { start, end } = offsetsOf(row, column);
      return places.spanAt(start, end);
    },
    rowPositionOf: (row) => places.spanAt(starts[row + 1] ?? head.start),
    diagnostics: [
      ...problems,
      ...judgeHeader(head, header, body, places),
      ...refused.map((row) => wrongCellCount(row, header.length, places)),
    ],
  };
}

/** A column at the end is one if it has a name, or cells in rows that have as many as the header. */
function namesOf(head: Row, body: readonly Row[]): readonly string[] {
  const names = head.cells.map((cell) => cell.trim());
  const last = lastFilled(names);
  if (last === names.length) return names;
  const lengths = body.filter(({ cells }) => cells.length === names.length).map(({ cells }) => lastFilled(cells));
  return names.slice(
    0,
    lengths.reduce((longest, length) => Math.max(longest, length), last),
  );
}

function lastFilled(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** Spreadsheets write empty cells after the last column when somebody once had a value there. */
function fits({ cells }: Row, columns: number): boolean {
  return (
    cells.length === columns || (cells.length > columns && cells.slice(columns).every((cell) => cell.trim() === ''))
  );
}

function wrongCellCount({ cells, start }: Row, expected: number, places: Places): Diagnostic {
  const facts = { expected, found: cells.length };
  const occurrence = { position: places.spanAt(start), expected: `${expected} cells`, found: `${cells.length} cells` };
  return csvDiagnostics.create('cell-count', facts, occurrence);
}

function judgeHeader(
  head: Row,
  header: readonly string[],
  body: readonly Row[],
  places: Places,
): readonly Diagnostic[] {
  const positionOf = (column: number): SourceSpan => {
    const { start, end } = places.cellSpan(head.start, column);
    return places.spanAt(start, end);
  };
  return header.flatMap((name, column) => {
    const first = header.indexOf(name);
    if (name === '' && body.some(({ cells }) => (cells[column] ?? '').trim() !== '')) {
      return [csvDiagnostics.create('unnamed-column', { number: column + 1 }, { position: positionOf(column) })];
    }
    if (name === '' || first === column) return [];
    return [
      csvDiagnostics.create(
        'duplicate-column',
        { name, first: first + 1 },
        { position: positionOf(column), subject: name },
      ),
    ];
  });
}
