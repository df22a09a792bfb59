import {
  type AlertmanagerConfig,
  findInhibitions,
  isWithin,
  type LabelSet,
  type Route,
  routeAlert,
} from '../languages/alert-routing/index.ts';
import { labelKey } from './series.ts';

/** An alert as Alertmanager saw it, external labels included. */
export interface SentAlert {
  readonly labels: LabelSet;
  readonly firedAtMs: number;
  /** Infinity: goes on. */
  readonly endedAtMs: number;
  /** Messages that tell of it are counted; of others only that they hold back, and are told together. */
  readonly isWatched: boolean;
}

/** Messages that would have gone out by one receiver's channels. */
export interface NotificationCount {
  readonly receiver: string;
  /** With an alert that was not told before. */
  readonly alarms: number;
  readonly repeats: number;
  /** That trouble is over. */
  readonly ends: number;
}

export interface Notifications {
  readonly byReceiver: readonly NotificationCount[];
  /** Watched alerts of which nobody was told as long as they fired. */
  readonly untold: number;
  /** Of these, those that another alert held back each time somebody would have been told. */
  readonly inhibited: number;
}

/**
 * Plays what Alertmanager does in the course of time: an alert waits `group_wait` for others, then its group is looked
 * at every `group_interval`, and tells when something in it is new, when all that was told has ended, or when it has
 * not told for `repeat_interval`.
 */
export function countNotifications(
  config: AlertmanagerConfig,
  alerts: readonly SentAlert[],
  untilMs: number,
): Notifications {
  const held = heldBack(config, alerts);
  const counts = new Map<string, { alarms: number; repeats: number; ends: number }>();
  const told = new Set<number>();
  const inhibited = new Set<number>();
  const channels = new Map(config.receivers.map((receiver) => [receiver.name, receiver.channels]));
  for (const { route, members } of groupsOf(config.root, alerts)) {
    const quiet = (atMs: number) => isQuiet(config, route, atMs);
    for (const { tellsOfEnd } of channels.get(route.receiver) ?? []) {
      const play = { route, members, alerts, tellsOfEnd, held, quiet, untilMs, inhibited };
      for (const message of playGroup(play)) {
        if (message.alerts.every((alert) => alerts[alert]?.isWatched !== true)) continue;
        for (const alert of message.alerts) told.add(alert);
        const count = counts.get(route.receiver) ?? { alarms: 0, repeats: 0, ends: 0 };
        count[message.kind] += 1;
        counts.set(route.receiver, count);
      }
    }
  }
  const untold = alerts.flatMap(({ isWatched }, position) => (isWatched && !told.has(position) ? [position] : []));
  return {
    byReceiver: [...counts]
      .map(([receiver, count]) => ({ receiver, ...count }))
      .sort((left, right) => (left.receiver < right.receiver ? -1 : 1)),
    untold: untold.length,
    inhibited: untold.filter((position) => inhibited.has(position)).length,
  };
}

interface Group {
  readonly route: Route;
  /** Positions of its alerts, in the order in which they fired. */
  readonly members: readonly number[];
}

/** Groups in which a watched alert is. */
function groupsOf(root: Route, alerts: readonly SentAlert[]): readonly Group[] {
  const groups = new Map<string, { readonly route: Route; readonly members: number[] }>();
  for (const [position, { labels }] of alerts.entries()) {
    for (const { route, groupKey } of routeAlert(root, labels)) {
      const key = `${route.pointer} ${groupKey}`;
      const group = groups.get(key) ?? { route, members: [] };
      groups.set(key, group);
      group.members.push(position);
    }
  }
  const firedAt = (position: number) => alerts[position]?.firedAtMs ?? 0;
  return [...groups.values()]
    .filter(({ members }) => members.some((position) => alerts[position]?.isWatched))
    .map(({ route, members }) => ({ route, members: members.sort((left, right) => firedAt(left) - firedAt(right)) }));
}

function isQuiet({ timeIntervals }: AlertmanagerConfig, route: Route, atMs: number): boolean {
  if (route.muteIntervals.length + route.activeIntervals.length === 0) return false;
  const within = timeIntervals.filter((interval) => isWithin(interval, atMs)).map(({ name }) => name);
  const isActive = route.activeIntervals.length === 0 || route.activeIntervals.some((name) => within.includes(name));
  return !isActive || route.muteIntervals.some((name) => within.includes(name));
}

/** Whether an alert is held back at a moment. What fires changes seldom, so each set of alerts is judged once. */
function heldBack(
  config: AlertmanagerConfig,
  alerts: readonly SentAlert[],
): (position: number, atMs: number) => boolean {
  const changes = [...new Set(alerts.flatMap(({ firedAtMs, endedAtMs }) => [firedAtMs, endedAtMs]))].sort(
    (left, right) => left - right,
  );
  const judged = new Map<number, ReadonlySet<number>>();
  return (position, atMs) => {
    const alert = alerts[position];
    if (config.inhibitRules.length === 0 || alert === undefined) return false;
    if (!isFiring(alert, atMs)) return isEndHeldBack(config, alerts, alert, atMs);
    const since = lastAtOrBefore(changes, atMs);
    const known = judged.get(since) ?? judge(config, alerts, atMs);
    judged.set(since, known);
    return known.has(position);
  };
}

/** While the source fires, that the target is over is not told either. */
function isEndHeldBack(
  { inhibitRules }: AlertmanagerConfig,
  alerts: readonly SentAlert[],
  { labels }: SentAlert,
  atMs: number,
): boolean {
  const firing = alerts.filter((alert) => isFiring(alert, atMs)).map((alert) => alert.labels);
  return findInhibitions(inhibitRules, [...firing, labels]).at(-1) !== null;
}

function lastAtOrBefore(sorted: readonly number[], atMs: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function judge(config: AlertmanagerConfig, alerts: readonly SentAlert[], atMs: number): ReadonlySet<number> {
  const firing = alerts.flatMap((alert, position) => (isFiring(alert, atMs) ? [position] : []));
  const labels = firing.map((position) => alerts[position]?.labels ?? {});
  const inhibitions = findInhibitions(config.inhibitRules, labels);
  return new Set(firing.filter((_, index) => inhibitions[index] !== null));
}

function isFiring({ firedAtMs, endedAtMs }: SentAlert, atMs: number): boolean {
  return firedAtMs <= atMs && atMs < endedAtMs;
}

interface GroupPlay extends Group {
  readonly alerts: readonly SentAlert[];
  readonly tellsOfEnd: boolean;
  readonly held: (position: number, atMs: number) => boolean;
  readonly quiet: (atMs: number) => boolean;
  readonly untilMs: number;
  /** Filled: alerts that were held back when their group was looked at. */
  readonly inhibited: Set<number>;
}

interface Message {
  readonly kind: 'alarms' | 'repeats' | 'ends';
  readonly alerts: readonly number[];
}

interface Said {
  readonly firing: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
  readonly atMs: number;
}

function playGroup(play: GroupPlay): readonly Message[] {
  const { route, members, alerts, tellsOfEnd, untilMs } = play;
  const messages: Message[] = [];
  let said: Said | null = null;
  let waiting = [...members];
  while (waiting.length > 0) {
    // The first alert of a group that was empty waits for others.
    let atMs = (alerts[waiting[0] ?? 0]?.firedAtMs ?? 0) + route.groupWaitMs;
    for (let isEmpty = false; !isEmpty; atMs += route.groupIntervalMs) {
      if (atMs > untilMs) return messages;
      const seen = lookAt(play, waiting, atMs);
      const { kind, next } = decide(said, seen, atMs, { repeatMs: route.repeatIntervalMs, tellsOfEnd });
      if (kind !== null) messages.push({ kind, alerts: kind === 'ends' ? seen.resolved : seen.firing });
      said = next;
      waiting = seen.rest;
      isEmpty = seen.isEmpty;
    }
  }
  return messages;
}

interface Seen {
  /** Positions of what is told of, if anything is. */
  readonly firing: readonly number[];
  readonly resolved: readonly number[];
  readonly keys: Pick<Said, 'firing' | 'resolved'>;
  /** What is looked at next time, or comes later. */
  readonly rest: number[];
  readonly isEmpty: boolean;
}

function lookAt({ alerts, held, quiet, inhibited }: GroupPlay, waiting: readonly number[], atMs: number): Seen {
  const begun = waiting.filter((position) => (alerts[position]?.firedAtMs ?? 0) <= atMs);
  // Of an alert that ended and fired again meanwhile, only the last is known.
  const latest = [...new Map(begun.map((position) => [labelKey(alerts[position]?.labels ?? {}), position])).entries()];
  const fires = (position: number) => (alerts[position]?.endedAtMs ?? 0) > atMs;
  for (const [, position] of latest) if (held(position, atMs)) inhibited.add(position);
  const audible = quiet(atMs) ? [] : latest.filter(([, position]) => !held(position, atMs));
  const [firing, resolved] = [audible.filter(([, one]) => fires(one)), audible.filter(([, one]) => !fires(one))];
  const over = new Set(begun.filter((position) => !fires(position)));
  return {
    firing: firing.map(([, position]) => position),
    resolved: resolved.map(([, position]) => position),
    keys: { firing: new Set(firing.map(([key]) => key)), resolved: new Set(resolved.map(([key]) => key)) },
    rest: waiting.filter((position) => !over.has(position)),
    isEmpty: begun.length === over.size,
  };
}

/** As Alertmanager's DedupStage decides whether a group tells, and what it remembers of having told. */
function decide(
  said: Said | null,
  { keys }: Seen,
  atMs: number,
  { repeatMs, tellsOfEnd }: { readonly repeatMs: number; readonly tellsOfEnd: boolean },
): { readonly kind: Message['kind'] | null; readonly next: Said | null } {
  const { firing, resolved } = keys;
  const next = { ...keys, atMs };
  if (!firing.isSubsetOf(said?.firing ?? new Set())) return { kind: 'alarms', next };
  if (said === null) return { kind: null, next: said };
  // Without a word about the end, a group that is silent now only forgets.
  if (firing.size === 0)
    return said.firing.size === 0 || resolved.size === 0
      ? { kind: null, next: said }
      : { kind: tellsOfEnd ? 'ends' : null, next };
  if (tellsOfEnd && !resolved.isSubsetOf(said.resolved)) return { kind: 'ends', next };
  return atMs - said.atMs > repeatMs ? { kind: 'repeats', next } : { kind: null, next: said };
}
