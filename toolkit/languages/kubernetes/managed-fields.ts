import { isMapping, listOf, type Manifest, type ManifestValue, mappingOf, textOf } from './manifest.ts';

/** Fields of an object that one manager holds, as `metadata.managedFields` says it. */
export interface FieldTree {
  readonly fields: ReadonlyMap<string, FieldTree>;
  /** Elements of a list whose elements are told apart by some of their fields. */
  readonly elements: readonly { readonly key: Manifest; readonly tree: FieldTree }[];
  /** Elements of a list that is a set. */
  readonly values: readonly ManifestValue[];
  /** The thing was made, and nothing in it is held: a mapping of labels without any label. */
  readonly isShell?: boolean;
}

export interface FieldManager {
  readonly name: string;
  /** `Apply` is server-side apply; `Update` is every other write. */
  readonly operation: 'Apply' | 'Update';
  /** Such as `status`; an empty text for the object itself. */
  readonly subresource: string;
  readonly tree: FieldTree;
}

export const noFields: FieldTree = { fields: new Map(), elements: [], values: [] };

/** Who holds which fields of a live object. */
export function fieldManagers(live: Manifest): readonly FieldManager[] {
  return listOf(mappingOf(live.metadata).managedFields)
    .map(mappingOf)
    .map((entry) => ({
      name: textOf(entry.manager),
      operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
      subresource: textOf(entry.subresource),
      tree: parseFields(entry.fieldsV1),
    }));
}

/**
 * Reads `fieldsV1`: `f:name` is a field, `k:{...}` an element by its key, `v:...` an element of a set, `.` the thing
 * itself. What has nothing inside is held as a whole.
 */
export function parseFields(fieldsV1: ManifestValue | undefined): FieldTree {
  const fields = new Map<string, FieldTree>();
  const elements: { key: Manifest; tree: FieldTree }[] = [];
  const values: ManifestValue[] = [];
  for (const [name, inside] of Object.entries(mappingOf(fieldsV1))) {
    if (name.startsWith('f:')) fields.set(name.slice(2), parseFields(inside));
    if (name.startsWith('k:')) elements.push({ key: mappingOf(parseJson(name.slice(2))), tree: parseFields(inside) });
    if (name.startsWith('v:')) values.push(parseJson(name.slice(2)));
  }
  const isShell = Object.keys(mappingOf(fieldsV1)).join() === '.';
  return { fields, elements, values, ...(isShell && { isShell }) };
}

/** All trees as one: what anybody holds. It shows how each list is put together, whoever wrote it. */
export function mergeTrees(trees: readonly FieldTree[]): FieldTree {
  const [only] = trees;
  if (only !== undefined && trees.length === 1) return only;
  const names = new Set(trees.flatMap(({ fields }) => [...fields.keys()]));
  const fields = [...names].map((name) => {
    const inside = trees.flatMap((tree) => tree.fields.get(name) ?? []);
    return [name, mergeTrees(inside)] as const;
  });
  const byKey = Map.groupBy(
    trees.flatMap(({ elements }) => elements),
    ({ key }) => JSON.stringify(key),
  );
  const elements = [...byKey.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ key: first.key, tree: mergeTrees(same.map(({ tree }) => tree)) }];
  });
  const isShell = trees.length > 0 && trees.every((tree) => tree.isShell);
  const values = trees.flatMap((tree) => tree.values);
  return { fields: new Map(fields), elements, values, ...(isShell && { isShell }) };
}

/** The tree without one field. What held nothing else goes with it: left behind, it would stand for the whole. */
export function withoutField(tree: FieldTree, [name = '', ...inside]: readonly string[]): FieldTree {
  const found = tree.fields.get(name);
  if (found === undefined) return tree;
  const left = inside.length === 0 ? noFields : withoutField(found, inside);
  const fields = new Map(tree.fields);
  if (isWhole(left)) fields.delete(name);
  else fields.set(name, left);
  return { ...tree, fields };
}

/** True for a tree that has nothing inside: what it stands for is held as a whole. */
export function isWhole({ fields, elements, values, isShell = false }: FieldTree): boolean {
  return !isShell && fields.size === 0 && elements.length === 0 && values.length === 0;
}

/** True when an element has these fields, as far as it says anything of them: a protocol that is not given is the usual one. */
export function matchesKey(element: ManifestValue | undefined, key: Manifest): boolean {
  if (!isMapping(element)) return false;
  return Object.entries(key).every(([name, value]) => element[name] === undefined || element[name] === value);
}

/** Those fields of a manifest that a manager holds, as JSON pointers into the manifest. */
export function heldPointers(tree: FieldTree, manifest: ManifestValue | undefined, pointer = ''): readonly string[] {
  if (manifest === undefined) return [];
  if (isWhole(tree)) return [pointer];
  if (isMapping(manifest)) {
    return [...tree.fields].flatMap(([name, inside]) =>
      heldPointers(inside, manifest[name], `${pointer}/${escaped(name)}`),
    );
  }
  return listOf(manifest).flatMap((element, index) => {
    const held = tree.elements.filter(({ key }) => matchesKey(element, key));
    const inside = held.flatMap((one) => heldPointers(one.tree, element, `${pointer}/${index}`));
    return tree.values.includes(element) ? [...inside, `${pointer}/${index}`] : inside;
  });
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function parseJson(text: string): ManifestValue {
  try {
    return JSON.parse(text) as ManifestValue;
  } catch {
    return null;
  }
}
