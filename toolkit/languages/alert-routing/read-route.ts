import type { Route } from './config.ts';
import { routeFields } from './known-fields.ts';
import { printMatcher } from './matchers.ts';
import {
  durationOf,
  type Entry,
  flagOf,
  listOf,
  type Mapping,
  pointerOf,
  type Reading,
  readMapping,
  report,
  textOf,
  textsOf,
} from './read-fields.ts';
import { checkLabelName, readMatchers } from './read-matchers.ts';

/** Reads the `route` of a configuration. */
export function readRootRoute(entry: Entry, reading: Reading): Route {
  if (entry.value === null || entry.value === undefined)
    report(reading, { code: 'root-route', pointer: '', text: 'There is no route, so no alert could be told.' });
  const mapping = readMapping(entry, reading, routeFields);
  const root = readRoute(mapping, null);
  checkRoot(mapping, root);
  return root;
}

type Inherited = Pick<Route, 'receiver' | 'groupBy' | 'groupWaitMs' | 'groupIntervalMs' | 'repeatIntervalMs' | 'key'>;

const outermost: Inherited = {
  receiver: '',
  groupBy: [],
  groupWaitMs: 30_000,
  groupIntervalMs: 300_000,
  repeatIntervalMs: 14_400_000,
  key: '',
};

/** Every alert begins at the root, so it may have no condition of any kind. */
function checkRoot(mapping: Mapping, root: Route): void {
  const { reading, pointer } = mapping;
  if (root.continues)
    report(reading, {
      code: 'root-route',
      pointer: pointerOf(mapping, 'continue'),
      text: 'The root route cannot continue.',
    });
  if (root.receiver === '') {
    const text = 'The root route needs a receiver, for all alerts that no other route takes.';
    report(reading, { code: 'root-route', pointer, text });
  }
  const conditions = {
    matchers: root.matchers,
    mute_time_intervals: root.muteIntervals,
    active_time_intervals: root.activeIntervals,
  };
  for (const [name, given] of Object.entries(conditions)) {
    if (given.length === 0) continue;
    const field = [name, 'match', 'match_re'].find((candidate) => Object.hasOwn(mapping.fields, candidate)) ?? name;
    const text = `The root route cannot have ${field}: every alert has to begin there, at any hour.`;
    report(reading, { code: 'root-route', at: 'key', pointer: pointerOf(mapping, field), text });
  }
}

function readRoute(mapping: Mapping, parent: Inherited | null): Route {
  const above = parent ?? outermost;
  const matchers = readMatchers(mapping, '');
  const printed = `{${matchers.map(printMatcher).join(',')}}`;
  const inherited: Inherited = {
    receiver: textOf(mapping, 'receiver') || above.receiver,
    groupBy: readGroupBy(mapping, above),
    groupWaitMs: durationOf(mapping, 'group_wait') ?? above.groupWaitMs,
    groupIntervalMs: positiveDuration(mapping, 'group_interval') ?? above.groupIntervalMs,
    repeatIntervalMs: positiveDuration(mapping, 'repeat_interval') ?? above.repeatIntervalMs,
    key: parent === null ? printed : `${above.key}/${printed}`,
  };
  const [muteIntervals, activeIntervals] = ['mute_time_intervals', 'active_time_intervals'].map((name) =>
    (textsOf(mapping, name) ?? []).map(({ value }) => value),
  ) as [string[], string[]];
  return {
    ...inherited,
    pointer: mapping.pointer,
    matchers,
    continues: flagOf(mapping, 'continue', false),
    muteIntervals,
    activeIntervals,
    isTimed: muteIntervals.length + activeIntervals.length > 0,
    routes: readChildren(mapping, inherited),
  };
}

function readChildren(mapping: Mapping, inherited: Inherited): readonly Route[] {
  return (listOf(mapping, 'routes') ?? []).map((entry) => {
    if (entry.value === null)
      report(mapping.reading, { code: 'wrong-type', pointer: entry.pointer, text: 'A route has to stand here.' });
    return readRoute(readMapping(entry, mapping.reading, routeFields), inherited);
  });
}

function readGroupBy(mapping: Mapping, above: Inherited): Route['groupBy'] {
  const { reading } = mapping;
  const entries = textsOf(mapping, 'group_by');
  const labels = entries?.filter(({ value }) => value !== '...') ?? [];
  for (const [index, entry] of labels.entries()) {
    checkLabelName(entry, reading);
    if (labels.findIndex(({ value }) => value === entry.value) < index)
      report(reading, { code: 'group-by', pointer: entry.pointer, text: `group_by names ${entry.value} twice.` });
  }
  const isAll = entries !== null && labels.length < entries.length;
  if (isAll && labels.length > 0)
    report(reading, {
      code: 'group-by',
      pointer: pointerOf(mapping, 'group_by'),
      text: 'group_by has ... for all labels, and others as well.',
    });
  // An empty list means "inherit" to 0.25, and "one group for all" to newer releases.
  const isSaid = labels.length > 0 || (entries?.length === 0 && reading.release !== '0.25');
  if (isSaid) return labels.map(({ value }) => value);
  return isAll ? 'all' : above.groupBy;
}

function positiveDuration(mapping: Mapping, name: string): number | null {
  const read = durationOf(mapping, name);
  if (read === 0)
    report(mapping.reading, { code: 'duration', pointer: pointerOf(mapping, name), text: `${name} cannot be zero.` });
  return read;
}
