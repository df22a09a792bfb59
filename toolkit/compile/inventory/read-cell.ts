import type { Attribute } from '../../model/index.ts';
import { splitList } from './read-csv-items.ts';

/** A cell as the value its attribute wants; what cannot be one stays a text, for the schema to say so. */
export function readCell(cell: string, kind: Attribute['cell']): unknown {
  const text = cell.trim();
  switch (kind) {
    case 'text':
      return text;
    case 'integer':
      return /^[-+]?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'number':
      return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
    case 'boolean':
      return booleans.get(text.toLowerCase()) ?? text;
    case 'list':
      return splitList(text);
    default:
      return kind satisfies never;
  }
}

// As people and spreadsheets of both languages write them.
const booleans = new Map([
  ...['true', 'yes', '1', '是'].map((word) => [word, true] as const),
  ...['false', 'no', '0', '否'].map((word) => [word, false] as const),
]);
