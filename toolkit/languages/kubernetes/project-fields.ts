import { type FieldTree, isWhole, matchesKey, noFields } from './managed-fields.ts';
import { isMapping, type Manifest, type ManifestValue } from './manifest.ts';

/** Whose fields they are, and how the lists of the object are put together. */
export interface FieldOwnership {
  /** What is ours. */
  readonly own: FieldTree;
  /** What anybody holds. */
  readonly all: FieldTree;
}

/**
 * Of a live object, what stands at the places of a manifest, and what else is ours: defaults, status and what others
 * have added are left out. A list whose elements have keys is compared element by element, in the order of the manifest;
 * any other as a whole.
 *
 * ```ts
 * projectFields({ spec: { replicas: 5, paused: false } }, { spec: { replicas: 3 } }, ownership)   // { spec: { replicas: 5 } }
 * ```
 */
export function projectFields(live: Manifest, manifest: Manifest, { own, all }: FieldOwnership): Manifest {
  const ours = [...own.fields].filter(([, tree]) => !tree.isShell).map(([name]) => name);
  const names = new Set([...Object.keys(manifest), ...ours]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = live[name];
      if (value === undefined) return [];
      const inside = { own: own.fields.get(name) ?? noFields, all: all.fields.get(name) ?? noFields };
      return [[name, projectValue(value, manifest[name], inside, own.fields.has(name))]];
    }),
  );
}

function projectValue(
  live: ManifestValue,
  wanted: ManifestValue | undefined,
  ownership: FieldOwnership,
  isOwn: boolean,
): ManifestValue {
  const { own, all } = ownership;
  // What is ours, and what is written by one hand only, such as a selector.
  if (isOwn && isWhole(own) && isWhole(all) && !isEmpty(live)) return live;
  if (isMapping(live) && (isMapping(wanted) || wanted === undefined)) {
    return isWhole(all) && !isEmpty(live) && wanted !== undefined ? live : projectFields(live, wanted ?? {}, ownership);
  }
  if (!Array.isArray(live) || !(Array.isArray(wanted) || wanted === undefined)) return live;
  if (all.elements.length > 0) return projectElements(live, wanted ?? [], ownership);
  if (all.values.length === 0) return live;
  const owned = own.values.filter((value) => !wanted?.includes(value));
  return [...(wanted ?? []), ...owned].filter((value: ManifestValue) => live.includes(value));
}

function projectElements(
  live: readonly ManifestValue[],
  wanted: readonly ManifestValue[],
  { own, all }: FieldOwnership,
): readonly ManifestValue[] {
  const found = wanted.flatMap((element) => {
    const known = all.elements.find(({ key }) => matchesKey(element, key));
    const there = known && live.find((candidate) => matchesKey(candidate, known.key));
    return there === undefined ? [] : [{ there, element: element as ManifestValue | undefined, key: known?.key ?? {} }];
  });
  const owned = own.elements.flatMap(({ key }) => {
    const there = live.find((candidate) => matchesKey(candidate, key));
    const isFound = found.some((one) => one.there === there);
    return there === undefined || isFound ? [] : [{ there, element: undefined, key }];
  });
  return [...found, ...owned].map(({ there, element, key }) => {
    const inside = { own: treeAt(own, key), all: treeAt(all, key) };
    return projectValue(there, element, inside, hasKey(own, key));
  });
}

function treeAt({ elements }: FieldTree, key: Manifest): FieldTree {
  return elements.find((one) => JSON.stringify(one.key) === JSON.stringify(key))?.tree ?? noFields;
}

function hasKey({ elements }: FieldTree, key: Manifest): boolean {
  return elements.some((one) => JSON.stringify(one.key) === JSON.stringify(key));
}

function isEmpty(value: ManifestValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/**
 * The same in the words of the manifest: where the server holds what is wanted in another spelling (`0.5` for `500m`,
 * an empty list for none), the spelling of the manifest. `applied` is what the object would be if the manifest were
 * applied, by a trial of the server itself: what that would not change is no difference.
 */
export function inWordsOf(
  wanted: ManifestValue | undefined,
  live: ManifestValue | undefined,
  applied: ManifestValue | undefined,
): ManifestValue | undefined {
  if (sameValue(live, applied)) return wanted;
  if (isMapping(live) && isMapping(wanted)) {
    const names = new Set([...Object.keys(wanted), ...Object.keys(live)]);
    const fields = [...names].map((name) => {
      const [inLive, inApplied] = [live[name], isMapping(applied) ? applied[name] : undefined];
      return [name, inWordsOf(wanted[name], inLive, inApplied)] as const;
    });
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Manifest;
  }
  if (Array.isArray(live) && Array.isArray(wanted) && Array.isArray(applied) && live.length === wanted.length) {
    return live.map((element: ManifestValue, index) => inWordsOf(wanted[index], element, applied[index]) ?? null);
  }
  return live;
}

export function sameValue(left: ManifestValue | undefined, right: ManifestValue | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((value: ManifestValue, index) => sameValue(value, right[index]));
  }
  if (!isMapping(left) || !isMapping(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => sameValue(left[name], right[name]));
}
