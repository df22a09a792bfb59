import { pointerTo, type SourceSpan } from '../../diagnostics/index.ts';
import { itemFields, type RawItem } from './raw-item.ts';

/** Where each value of an item stands, by JSON pointer. */
export function fieldSourcesOf(item: RawItem): Readonly<Record<string, SourceSpan>> {
  const pointers = itemFields.flatMap((name) => pointersBelow(`/${name}`, item.values[name]));
  return Object.fromEntries(pointers.map((pointer) => [pointer, item.positionOf(pointer)]));
}

/** Of a mapping those of its fields; a list is one value. */
function pointersBelow(pointer: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return [pointer];
  return Object.keys(value).map((name) => pointerTo(pointer, name));
}
