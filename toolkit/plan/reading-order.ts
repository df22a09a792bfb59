import type { JsonObject, JsonValue } from '../model/index.ts';

/** What a thing is called and what it does stand first, what is said about it last. */
const leading = [
  'alert',
  'record',
  'name',
  'job_name',
  'id',
  'uid',
  'title',
  'type',
  'item',
  'expr',
  'for',
  'keep_firing_for',
  'receiver',
  'matchers',
  'source_matchers',
  'target_matchers',
  'targets',
];
const trailing = ['labels', 'annotations', 'routes', 'rules', 'panels'];

/**
 * The fields of an object in the order in which people read them. What was applied comes from the state, where keys are
 * sorted, and what is there from a file, where they are as written: shown side by side they have to look the same, so
 * labels, and whatever else has no rank, stand in alphabetical order.
 */
export function inReadingOrder(object: JsonObject): readonly (readonly [string, JsonValue])[] {
  return (Object.entries(object) as [string, JsonValue][]).toSorted(
    ([left], [right]) => rankOf(left) - rankOf(right) || (left < right ? -1 : 1),
  );
}

function rankOf(key: string): number {
  const [first, last] = [leading.indexOf(key), trailing.indexOf(key)];
  if (first >= 0) return first;
  return last >= 0 ? leading.length + 1 + last : leading.length;
}
