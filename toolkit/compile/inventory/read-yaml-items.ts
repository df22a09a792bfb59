import { type Diagnostic, nearestName, pointerSteps, pointerTo, type SourceSpan } from '../../diagnostics/index.ts';
import { describeValue } from '../../languages/json-schema/index.ts';
import { type ParsedYaml, parseYaml, type YamlMapping, type YamlValue } from '../../languages/yaml/index.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import { itemFields, type RawItem } from './raw-item.ts';
import type { RawInventories } from './read-inventories.ts';
import { writtenIds } from './refused-ids.ts';

/** A file is a list of items, or `{ defaults, items }`, where every item has what `defaults` says unless it says else. */
export function readYamlItems(text: string, file: string): RawInventories {
  const parsed = parseYaml(text, file);
  const lost = { items: [], refused: writtenIds(text) };
  if (parsed.value === undefined) return { ...lost, diagnostics: parsed.diagnostics };
  if (parsed.value === null) return { ...lost, diagnostics: [...parsed.diagnostics, emptyFile(parsed, file)] };
  const shape = shapeOf(parsed.value);
  if (shape === null) return { ...lost, diagnostics: [...parsed.diagnostics, notAList(parsed)] };

  const entries = shape.items.map((value, index) => ({ value, pointer: `${shape.pointer}/${index}` }));
  const unknown = [
    ...unknownFields(parsed, parsed.value, '', shape.pointer === '' ? null : ['defaults', 'items']),
    ...unknownFields(parsed, shape.defaults, '/defaults', itemFields),
    ...entries.flatMap(({ value, pointer }) => unknownFields(parsed, value, pointer, itemFields)),
  ];
  const strangers = entries
    .filter(({ value }) => !isMapping(value))
    .map(({ value, pointer }) => notAnItem(parsed, value, pointer));
  const items = entries.flatMap(({ value, pointer }) =>
    isMapping(value) ? [makeItem(parsed, value, pointer, shape.defaults)] : [],
  );
  return { items, refused: [], diagnostics: [...parsed.diagnostics, ...unknown, ...strangers] };
}

/** A redirection that went wrong leaves such a file, and the plan would remove all that was in it. */
function emptyFile(parsed: ParsedYaml, file: string): Diagnostic {
  return inventoryDiagnostics.create('empty-file', { file }, { position: parsed.positionOf('') });
}

interface Shape {
  readonly items: readonly YamlValue[];
  /** Of the list. */
  readonly pointer: '' | '/items';
  readonly defaults: YamlMapping;
}

function shapeOf(value: YamlValue): Shape | null {
  if (Array.isArray(value)) return { items: value, pointer: '', defaults: {} };
  if (!isMapping(value) || value.items === undefined) return null;
  // `items:` with nothing after it is null, and as good as an empty list.
  const items = value.items ?? [];
  const defaults = value.defaults ?? {};
  return Array.isArray(items) && isMapping(defaults) ? { items, pointer: '/items', defaults } : null;
}

function isMapping(value: YamlValue): value is YamlMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notAList(parsed: ParsedYaml): Diagnostic {
  const occurrence = { position: parsed.positionOf(''), expected: 'a list of items, or `defaults` and `items`' };
  return inventoryDiagnostics.create('not-a-list', {}, occurrence);
}

function notAnItem(parsed: ParsedYaml, value: YamlValue, pointer: string): Diagnostic {
  const occurrence = {
    position: parsed.positionOf(pointer),
    expected: 'the fields of an item',
    found: describeValue(value),
  };
  return inventoryDiagnostics.create('not-an-item', {}, occurrence);
}

function unknownFields(
  parsed: ParsedYaml,
  value: YamlValue,
  pointer: string,
  known: readonly string[] | null,
): readonly Diagnostic[] {
  if (known === null || !isMapping(value)) return [];
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const position = parsed.keyPositionOf(pointerTo(pointer, name));
      const facts = { name, nearest: nearestName(name, known) };
      return inventoryDiagnostics.create('unknown-field', facts, {
        position,
        expected: `one of ${known.join(', ')}`,
        found: name,
      });
    });
}

function makeItem(parsed: ParsedYaml, own: YamlMapping, pointer: string, defaults: YamlMapping): RawItem {
  const placeOf = (part: string): string => (has(own, part) ? `${pointer}${part}` : `/defaults${part}`);
  const isThere = (part: string): boolean => has(own, part) || has(defaults, part);
  const source = parsed.positionOf(pointer);
  const position = (part: string, find: (place: string) => SourceSpan): SourceSpan =>
    isThere(part) ? find(placeOf(part)) : source;
  return {
    origin: 'yaml',
    values: withDefaults(own, defaults),
    source: { file: source.file, line: source.line, column: source.column },
    positionOf: (part) => position(part, parsed.positionOf),
    namePositionOf: (part) => position(part, parsed.keyPositionOf),
    sourceOf: (part) => (isThere(part) ? parsed.sourceOf(placeOf(part)) : ''),
  };
}

function has(mapping: YamlMapping, pointer: string): boolean {
  let value: YamlValue | undefined = mapping;
  for (const name of pointerSteps(pointer)) {
    if (typeof value !== 'object' || value === null) return false;
    if (!Object.hasOwn(value, name)) return false;
    value = (value as YamlMapping)[name];
  }
  return true;
}

// What a default adds to instead of giving way as a whole.
const merged = ['identity', 'attributes', 'relations'];

function withDefaults(own: YamlMapping, defaults: YamlMapping): YamlMapping {
  const names = Object.keys(defaults);
  if (names.length === 0) return own;
  const inner = merged.filter((name) => isMapping(own[name] ?? null) && isMapping(defaults[name] ?? null));
  const both = inner.map((name) => [name, { ...(defaults[name] as YamlMapping), ...(own[name] as YamlMapping) }]);
  return { ...defaults, ...own, ...Object.fromEntries(both) };
}
