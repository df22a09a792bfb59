import { canonicalJson, isJsonObject, type JsonValue } from '../model/index.ts';

interface Element {
  readonly index: number;
  readonly value: JsonValue;
}

/** One element on both sides, or on one of them. */
export type AlignedPair =
  | { readonly before: Element; readonly after: Element }
  | { readonly before: null; readonly after: Element }
  | { readonly before: Element; readonly after: null };

/**
 * Says which element of one list is which of the other, so that an insert is one change and not a shift of all that
 * follows. Elements that have a name (`name`, `alert`, ...) are matched by it; all others by the longest common
 * subsequence, with what is left between two matches paired in order. Null when named elements changed places.
 */
export function alignLists(before: readonly JsonValue[], after: readonly JsonValue[]): readonly AlignedPair[] | null {
  const names = namesOfBoth(before, after);
  return names === null ? alignByContent(before, after) : alignByName(before, after, names);
}

/** What elements of lists are called in the formats we write: groups, rules, scrape jobs, panels, data sources. */
const nameKeys = ['name', 'alert', 'record', 'job_name', 'id', 'uid'];

interface Names {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Null unless each element on both sides has a name that no other element of its side has. */
function namesOfBoth(before: readonly JsonValue[], after: readonly JsonValue[]): Names | null {
  const names = { before: namesOf(before), after: namesOf(after) };
  return names.before === null || names.after === null ? null : (names as Names);
}

function namesOf(list: readonly JsonValue[]): readonly string[] | null {
  const names = list.map(elementName).filter((name) => name !== null);
  return names.length === list.length && new Set(names).size === names.length ? names : null;
}

/** `alert:HostDown`: an alert and a recorded series of the same name are two elements. */
export function elementName(element: JsonValue): string | null {
  if (!isJsonObject(element)) return null;
  for (const key of nameKeys) {
    const value = Object.hasOwn(element, key) ? element[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return `${key}:${value}`;
  }
  return null;
}

function alignByName(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  names: Names,
): readonly AlignedPair[] | null {
  const places = new Map(names.before.map((name, index) => [name, index]));
  const kept = names.after.map((name) => places.get(name) ?? null);
  if (!isRising(kept.filter((index) => index !== null))) return null;
  const present = new Set(kept);
  const removed = before.flatMap((value, index) =>
    present.has(index) ? [] : [{ before: { index, value }, after: null }],
  );
  const others = after.map((value, index): AlignedPair => {
    const from = kept[index] ?? null;
    if (from === null) return { before: null, after: { index, value } };
    return { before: { index: from, value: before[from] as JsonValue }, after: { index, value } };
  });
  return [...removed, ...others];
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? -1));
}

function alignByContent(before: readonly JsonValue[], after: readonly JsonValue[]): readonly AlignedPair[] {
  const pairs: AlignedPair[] = [];
  let from = 0;
  let to = 0;
  for (const [matchFrom, matchTo] of commonElements(before, after)) {
    pairGap(before, after, [from, matchFrom], [to, matchTo], pairs);
    pairGap(before, after, [matchFrom, matchFrom + 1], [matchTo, matchTo + 1], pairs);
    from = matchFrom + 1;
    to = matchTo + 1;
  }
  pairGap(before, after, [from, before.length], [to, after.length], pairs);
  return pairs;
}

/** Between two common elements, the first of one side became the first of the other; what is left over came or went. */
function pairGap(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  [from, fromEnd]: readonly [number, number],
  [to, toEnd]: readonly [number, number],
  pairs: AlignedPair[],
): void {
  for (let step = 0; from + step < fromEnd || to + step < toEnd; step += 1) {
    const left = from + step < fromEnd ? { index: from + step, value: before[from + step] as JsonValue } : null;
    const right = to + step < toEnd ? { index: to + step, value: after[to + step] as JsonValue } : null;
    // The loop condition leaves at least one of them.
    pairs.push({ before: left, after: right } as AlignedPair);
  }
}

// Above this many comparisons the table of common elements would take longer than a reader has; order decides then.
const maxComparisons = 1_000_000;

/** Index pairs of a longest common subsequence; equal ends are cut off first, which is most of a real list. */
function commonElements(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): readonly (readonly [number, number])[] {
  const left = before.map(canonicalJson);
  const right = after.map(canonicalJson);
  const shorter = Math.min(left.length, right.length);
  let head = 0;
  while (head < shorter && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && left.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  const middle = longestCommon(left.slice(head, left.length - tail), right.slice(head, right.length - tail));
  return [
    ...Array.from({ length: head }, (_, index) => [index, index] as const),
    ...middle.map(([from, to]) => [from + head, to + head] as const),
    ...Array.from({ length: tail }, (_, index) => [left.length - tail + index, right.length - tail + index] as const),
  ];
}

function longestCommon(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  if (left.length * right.length > maxComparisons) return [];
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  const lengthAt = (from: number, to: number) => lengths[from * width + to] ?? 0;
  for (let from = left.length - 1; from >= 0; from -= 1) {
    for (let to = right.length - 1; to >= 0; to -= 1) {
      const longest =
        left[from] === right[to]
          ? lengthAt(from + 1, to + 1) + 1
          : Math.max(lengthAt(from + 1, to), lengthAt(from, to + 1));
      lengths[from * width + to] = longest;
    }
  }
  const matches: (readonly [number, number])[] = [];
  for (let from = 0, to = 0; from < left.length && to < right.length; ) {
    if (left[from] === right[to]) matches.push([from++, to++]);
    else if (lengthAt(from + 1, to) >= lengthAt(from, to + 1)) from += 1;
    else to += 1;
  }
  return matches;
}
