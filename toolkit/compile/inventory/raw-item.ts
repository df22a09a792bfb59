import type { SourceSpan } from '../../diagnostics/index.ts';

/** An item as it was found, nothing checked yet but that it has the shape of one. */
export interface RawItem {
  readonly origin: 'yaml' | 'csv' | 'typescript';
  readonly values: RawValues;
  readonly source: SourceSpan;
  /** Where the value of a JSON pointer such as `/attributes/port` stands; the item itself for what is not there. */
  positionOf(pointer: string): SourceSpan;
  /** Where its name stands: the key in YAML, the head of the column in CSV. */
  namePositionOf(pointer: string): SourceSpan;
  /** The value as it is written: `00123` where YAML reads the number 123. */
  sourceOf(pointer: string): string;
  /** Of a CSV file: what is wrong with a column is wrong once, however many rows there are. */
  readonly header?: RawHeader;
}

/** Where a value should stand that is not there: in a table that is its cell. */
export function missingAt(item: RawItem, pointer: string): SourceSpan {
  return item.origin === 'csv' ? item.positionOf(pointer) : item.source;
}

/** The first line of a table. */
export interface RawHeader {
  readonly names: readonly string[];
  /** Whether a column holds the value of a JSON pointer such as `/attributes/port`. */
  has(pointer: string): boolean;
  /** Of the column of that name; of the whole line for none. */
  positionOf(name: string | null): SourceSpan;
}

/** Fields of an item; in a CSV file every value is a text, or a list of texts for a relation. */
export interface RawValues {
  readonly id?: unknown;
  readonly class?: unknown;
  readonly title?: unknown;
  readonly site?: unknown;
  readonly owner?: unknown;
  readonly tenant?: unknown;
  readonly criticality?: unknown;
  readonly stage?: unknown;
  readonly supplier?: unknown;
  readonly identity?: unknown;
  readonly attributes?: unknown;
  readonly relations?: unknown;
}

export const itemFields: readonly (keyof RawValues)[] = [
  'id',
  'class',
  'title',
  'site',
  'owner',
  'tenant',
  'criticality',
  'stage',
  'supplier',
  'identity',
  'attributes',
  'relations',
];
