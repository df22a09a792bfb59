import { refuseId } from './item-id.ts';
import type { RawItem } from './raw-item.ts';

/**
 * The text of `cmdb/items.generated.ts`: the ids of YAML and CSV as a type, by class, so that `item('mes-db-1')` is
 * completed in the editor and a typo does not compile. The same items give the same bytes, in whichever files they are.
 */
export function generateIds(items: readonly RawItem[]): string {
  const classes = groupByClass(items);
  const count = classes.reduce((sum, { ids }) => sum + ids.length, 0);
  return [header, '', typeOf(classes, count), '', 'export const item = itemReference<ItemId>();', ''].join('\n');
}

const header = `// Made by \`opsctl generate\` from cmdb/items/*.yaml and *.csv. Do not edit.
import { itemReference } from 'opsctl';`;

// Content loads this file in every command: 20,000 ids cost it 80 ms, 100,000 cost 300 ms. The compiler could take both.
const mostTypedIds = 20_000;

interface ClassIds {
  readonly name: string;
  readonly ids: readonly string[];
}

function groupByClass(items: readonly RawItem[]): readonly ClassIds[] {
  const classOf = new Map<string, string>();
  for (const { values } of items) {
    const id = typeof values.id === 'string' ? values.id.trim() : '';
    // What cannot be an id is reported by the check of the items; here it would break the file.
    if (refuseId(id) === null && !classOf.has(id)) classOf.set(id, classNameOf(values.class));
  }
  const names = [...new Set(classOf.values())].sort();
  return names.map((name) => ({ name, ids: [...classOf.keys()].filter((id) => classOf.get(id) === name).sort() }));
}

/** Stands in a comment, so it holds nothing that could end one. */
function classNameOf(value: unknown): string {
  return typeof value === 'string' && /^[\w.-]+$/.test(value.trim()) ? value.trim() : 'no class';
}

function typeOf(classes: readonly ClassIds[], count: number): string {
  if (count === 0) return 'export type ItemId = never;';
  if (count > mostTypedIds) {
    return `// ${count} ids are too many for a type; a reference that names none of them is an error of \`opsctl validate\`.\nexport type ItemId = string;`;
  }
  const lines = classes.flatMap(({ name, ids }) => [`  // ${name}`, ...ids.map((id) => `  | '${id}'`)]);
  return `export type ItemId =\n${lines.join('\n')};`;
}
