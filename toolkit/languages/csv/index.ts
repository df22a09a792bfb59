export { editCsv } from './edit-csv.ts';
export { type CsvTable, parseCsv } from './parse-csv.ts';
