export { decodeText } from './decode-text.ts';
export { makeLineTable } from './line-table.ts';
