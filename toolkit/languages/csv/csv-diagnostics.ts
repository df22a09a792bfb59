import { defineDiagnostics } from '../../diagnostics/index.ts';

export const csvDiagnostics = defineDiagnostics('csv', {
  'quote-not-closed': {
    severity: 'error',
    summary: 'Quote not closed in CSV',
    detail: () => 'A cell of this row begins with a quote that never ends, so the rest of the file would be one cell.',
    hint: 'Close the quote, or take it away.',
  },
  'row-too-long': {
    severity: 'error',
    summary: 'CSV row that is too long',
    detail: () =>
      'The row has more than a million characters, so its quotes are most likely not where they are meant to be.',
    hint: 'Look for a quote that is not closed, or closed far below; a text of that size has no place in an inventory.',
  },
  'quote-inside-cell': {
    severity: 'error',
    summary: 'Quote in the middle of a CSV cell',
    detail: () => 'A quote stands inside a cell without quotes, or text follows a closing quote.',
    hint: 'Put the whole cell in quotes and double the quotes inside: "5"" disk".',
  },
  'not-readable': {
    severity: 'error',
    summary: 'Not valid CSV',
    detail: ({ reason }: { reason: string }) => `The file cannot be read from here on: ${reason}.`,
    hint: 'Compare the row with those before it.',
  },
  'no-header': {
    severity: 'error',
    summary: 'CSV without a header',
    detail: () => 'The file has no row with the names of its columns.',
    hint: 'Write the names into the first row, such as id,title_en,site,owner.',
  },
  'duplicate-column': {
    severity: 'error',
    summary: 'Column twice in CSV',
    detail: ({ name, first }: { name: string; first: number }) =>
      `The column ${JSON.stringify(name)} is also the ${first}. column of the file.`,
    hint: 'Keep one of the two, or correct its name.',
  },
  'unnamed-column': {
    severity: 'error',
    summary: 'CSV column without a name',
    detail: ({ number }: { number: number }) => `The ${number}. column has cells, but no name in the header.`,
    hint: 'Name the column, or empty its cells.',
  },
  'cell-count': {
    severity: 'error',
    summary: 'CSV row with a wrong number of cells',
    detail: ({ expected, found }: { expected: number; found: number }) =>
      `The header names ${expected} columns and this row has ${found} cells, so its values may stand in wrong columns.`,
    hint: 'Look for a missing or unquoted separator in the row; empty cells keep their separators.',
  },
  'wide-separator': {
    severity: 'error',
    summary: 'Chinese comma as CSV separator',
    detail: () => 'The header is one cell with full-width commas in it.',
    hint: 'Replace `，` by `,` throughout the file.',
  },
  'cannot-edit': {
    severity: 'error',
    summary: 'CSV cell that cannot be edited in place',
    detail: ({ reason }: { reason: string }) => `The cell was left as it is: ${reason}.`,
    hint: 'Edit the file by hand.',
  },
});
