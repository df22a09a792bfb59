import { type LabelSet, labelValue } from './label-set.ts';
import { type Matcher, matchesAll } from './matchers.ts';

/** Finds among many lists of matchers those that all hold for an alert, without trying every list. */
export interface MatcherIndex {
  /** Positions of the lists that hold, in order. */
  matching(labels: LabelSet): readonly number[];
  /** The first positions that hold, in order, until one of them is to be the last. */
  matchingUntil(labels: LabelSet, isLast: (position: number) => boolean): readonly number[];
}

/**
 * Most lists have a matcher that accepts a few known values only, such as `team="ops"`. Each list is filed under those of
 * one such matcher: that on the label by which the lists differ most. An alert then tries what is filed under its own
 * values, and the lists that are not filed.
 */
export function indexMatchers(lists: readonly (readonly Matcher[])[]): MatcherIndex {
  const filed = new Map<string, Map<string, number[]>>();
  const others: number[] = [];
  const variety = countValues(lists);
  for (const [position, list] of lists.entries()) {
    const key = bestKey(list, variety);
    if (key === null) others.push(position);
    else for (const value of key.values ?? []) fileUnder(filed, key.label, value, position);
  }
  const matchingUntil: MatcherIndex['matchingUntil'] = (labels, isLast) => {
    const found: number[] = [];
    for (const position of candidates(filed, others, labels)) {
      if (!matchesAll(lists[position] ?? [], labels)) continue;
      found.push(position);
      if (isLast(position)) break;
    }
    return found;
  };
  return { matchingUntil, matching: (labels) => matchingUntil(labels, () => false) };
}

function countValues(lists: readonly (readonly Matcher[])[]): ReadonlyMap<string, number> {
  const values = new Map<string, Set<string>>();
  for (const matcher of lists.flat()) {
    const known = values.get(matcher.label) ?? new Set();
    for (const value of matcher.values ?? []) known.add(value);
    values.set(matcher.label, known);
  }
  return new Map([...values].map(([label, known]) => [label, known.size]));
}

function bestKey(list: readonly Matcher[], variety: ReadonlyMap<string, number>): Matcher | null {
  const share = ({ label, values }: Matcher) => (values?.length ?? 0) / (variety.get(label) ?? 1);
  let best: Matcher | null = null;
  for (const matcher of list)
    if (matcher.values !== null && (best === null || share(matcher) < share(best))) best = matcher;
  return best;
}

function fileUnder(filed: Map<string, Map<string, number[]>>, label: string, value: string, position: number): void {
  const byValue = filed.get(label) ?? new Map<string, number[]>();
  filed.set(label, byValue);
  const known = byValue.get(value);
  if (known === undefined) byValue.set(value, [position]);
  else known.push(position);
}

function candidates(
  filed: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>,
  others: readonly number[],
  labels: LabelSet,
): readonly number[] {
  const lists = others.length === 0 ? [] : [others];
  for (const [label, byValue] of filed) {
    const found = byValue.get(labelValue(labels, label));
    if (found !== undefined) lists.push(found);
  }
  if (lists.length < 2) return lists[0] ?? [];
  return lists.flat().sort((left, right) => left - right);
}
