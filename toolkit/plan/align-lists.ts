import { canonicalJson, type JsonValue } from '../model/index.ts';
import { type ElementIdentity, identityOf } from './element-identity.ts';

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
 * follows. Elements that have a name (`element-identity.ts`) are matched by it; all others by the longest common
 * subsequence, with what is left between two matches paired in order. Of named elements that changed places the most that
 * still follow each other stay; each of the others went from one place and came to another.
 */
export function alignLists(before: readonly JsonValue[], after: readonly JsonValue[]): readonly AlignedPair[] {
  const names = namesOfBoth(before, after);
  return names === null ? alignByContent(before, after) : alignByName(before, after, names);
}

interface Names {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Null unless each element on both sides has a name that no other element of its side has. */
function namesOfBoth(before: readonly JsonValue[], after: readonly JsonValue[]): Names | null {
  const known = { before: before.map(identityOf), after: after.map(identityOf) };
  const shared = new Set([...repeatedKeys(known.before), ...repeatedKeys(known.after)]);
  const names = { before: namesOf(known.before, shared), after: namesOf(known.after, shared) };
  return names.before === null || names.after === null ? null : (names as Names);
}

function repeatedKeys(list: readonly (ElementIdentity | null)[]): readonly string[] {
  const seen = new Set<string>();
  return list.flatMap((identity) => {
    if (identity === null || !seen.has(identity.key)) {
      if (identity !== null) seen.add(identity.key);
      return [];
    }
    return [identity.key];
  });
}

/** By key, and with the detail only where that is needed: a rule whose severity changed is still the same rule. */
function namesOf(list: readonly (ElementIdentity | null)[], repeated: ReadonlySet<string>): readonly string[] | null {
  const names = list
    .filter((identity) => identity !== null)
    .map(({ key, detail }) => (repeated.has(key) ? `${key} ${detail}` : key));
  return names.length === list.length && new Set(names).size === names.length ? names : null;
}

function alignByName(before: readonly JsonValue[], after: readonly JsonValue[], names: Names): readonly AlignedPair[] {
  const places = new Map(names.before.map((name, index) => [name, index]));
  const inOrder = longestRising(names.after.flatMap((name) => places.get(name) ?? []));
  const kept = names.after.map((name) => {
    const from = places.get(name);
    return from !== undefined && inOrder.has(from) ? from : null;
  });
  const removed = before.flatMap((value, index) =>
    inOrder.has(index) ? [] : [{ before: { index, value }, after: null }],
  );
  const others = after.map((value, index): AlignedPair => {
    const from = kept[index] ?? null;
    if (from === null) return { before: null, after: { index, value } };
    return { before: { index: from, value: before[from] as JsonValue }, after: { index, value } };
  });
  return [...removed, ...others];
}

/** The numbers of a longest subsequence that rises: `2, 0, 1` gives `0, 1`. All of them when nothing changed places. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = []; // Of the rising sequences of each length so far, the one with the lowest end, by position.
  const former = numbers.map((number, position) => {
    const length = ends.findLastIndex((end) => (numbers[end] ?? 0) < number) + 1;
    ends[length] = position;
    return length === 0 ? -1 : (ends[length - 1] ?? -1);
  });
  const rising = new Set<number>();
  for (let position = ends.at(-1) ?? -1; position >= 0; position = former[position] ?? -1)
    rising.add(numbers[position] ?? -1);
  return rising;
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
    if (left !== null && right !== null && areOthers(left.value, right.value))
      pairs.push({ before: left, after: null }, { before: null, after: right });
    // The loop condition leaves at least one of them.
    else pairs.push({ before: left, after: right } as AlignedPair);
  }
}

/** One with the name of another did not become it. */
function areOthers(before: JsonValue, after: JsonValue): boolean {
  const [left, right] = [identityOf(before), identityOf(after)];
  return left !== null && right !== null && left.key !== right.key;
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
