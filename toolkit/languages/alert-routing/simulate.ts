import type { AlertmanagerConfig, Receiver, Route } from './config.ts';
import { findInhibitions, type Inhibition } from './inhibit.ts';
import type { LabelSet } from './label-set.ts';
import { indexMatchers } from './matcher-index.ts';
import { type RoutedAlert, routeAlert } from './route-alert.ts';
import { type Silence, silenceStateAt } from './silence.ts';
import { isWithin } from './time-intervals.ts';

export interface Situation {
  /** Alerts that fire at the same time, no two of them with the same labels. */
  readonly firing: readonly LabelSet[];
  readonly atMs: number;
  readonly silences?: readonly Silence[];
}

export interface SimulatedAlert {
  readonly labels: LabelSet;
  readonly routed: readonly RoutedAlert[];
  readonly inhibition: Inhibition | null;
  readonly silencedBy: readonly Silence[];
  /** Receivers that hear of it, each once. */
  readonly told: readonly string[];
}

/** Alerts that are told together. */
export interface SimulatedGroup {
  readonly key: string;
  readonly route: Route;
  readonly labels: LabelSet;
  /** Positions of the alerts in it, and of those that are told. */
  readonly alerts: readonly number[];
  readonly told: readonly number[];
  /** An interval that keeps its route silent at this moment; null where none does. */
  readonly quiet: Quiet | null;
}

export type Quiet =
  | { readonly kind: 'muted'; readonly interval: string }
  | { readonly kind: 'not-active'; readonly intervals: readonly string[] };

export interface Simulation {
  readonly alerts: readonly SimulatedAlert[];
  readonly groups: readonly SimulatedGroup[];
  /** First messages that go out: one for each channel of the receiver of each group that tells something. */
  readonly notifications: number;
  readonly notificationsByReceiver: ReadonlyMap<string, number>;
}

/** What Alertmanager would do with alerts that fire at one moment, before anything has been told. */
export function simulate(config: AlertmanagerConfig, { firing, atMs, silences = [] }: Situation): Simulation {
  const quiet = quietAt(config, atMs);
  const inhibitions = findInhibitions(config.inhibitRules, firing);
  const silencesOf = indexSilences(silences, atMs);
  const alerts = firing.map((labels, position): SimulatedAlert => {
    const routed = routeAlert(config.root, labels);
    const inhibition = inhibitions[position] ?? null;
    const silencedBy = silencesOf(labels);
    const isHeld = inhibition !== null || silencedBy.length > 0;
    const loud = isHeld ? [] : routed.filter(({ route }) => quiet(route) === null);
    return { labels, routed, inhibition, silencedBy, told: [...new Set(loud.map(({ route }) => route.receiver))] };
  });
  const groups = groupsOf(alerts, quiet);
  const notificationsByReceiver = countNotifications(groups, config.receivers);
  const notifications = [...notificationsByReceiver.values()].reduce((sum, count) => sum + count, 0);
  return { alerts, groups, notifications, notificationsByReceiver };
}

/** As Alertmanager asks: first whether the route is active, then whether it is muted. */
function quietAt({ timeIntervals }: AlertmanagerConfig, atMs: number): (route: Route) => Quiet | null {
  const within = new Set(timeIntervals.filter((interval) => isWithin(interval, atMs)).map(({ name }) => name));
  return ({ muteIntervals, activeIntervals }) => {
    if (activeIntervals.length > 0 && !activeIntervals.some((name) => within.has(name)))
      return { kind: 'not-active', intervals: activeIntervals };
    const interval = muteIntervals.find((name) => within.has(name));
    return interval === undefined ? null : { kind: 'muted', interval };
  };
}

function indexSilences(silences: readonly Silence[], atMs: number): (labels: LabelSet) => readonly Silence[] {
  const active = silences.filter((silence) => silenceStateAt(silence, atMs) === 'active');
  const index = indexMatchers(active.map(({ matchers }) => matchers));
  return (labels) => index.matching(labels).flatMap((position) => active[position] ?? []);
}

function groupsOf(alerts: readonly SimulatedAlert[], quiet: (route: Route) => Quiet | null): readonly SimulatedGroup[] {
  const groups = new Map<Route, Map<string, SimulatedGroup & { alerts: number[]; told: number[] }>>();
  for (const [position, { routed, inhibition, silencedBy }] of alerts.entries()) {
    for (const { route, groupKey, groupLabels } of routed) {
      const ofRoute = groups.get(route) ?? new Map();
      groups.set(route, ofRoute);
      const group = ofRoute.get(groupKey) ?? {
        key: groupKey,
        route,
        labels: groupLabels,
        alerts: [],
        told: [],
        quiet: quiet(route),
      };
      ofRoute.set(groupKey, group);
      group.alerts.push(position);
      if (inhibition === null && silencedBy.length === 0 && group.quiet === null) group.told.push(position);
    }
  }
  return [...groups.values()].flatMap((ofRoute) => [...ofRoute.values()]);
}

/**
 * Routes beside each other with equal matchers have equal keys; of such groups Alertmanager may tell a receiver once or
 * several times, as they are told at the same moment. Here each counts.
 */
function countNotifications(
  groups: readonly SimulatedGroup[],
  receivers: readonly Receiver[],
): ReadonlyMap<string, number> {
  const channels = new Map(receivers.map((receiver) => [receiver.name, receiver.channels.length]));
  const counts = new Map<string, number>();
  for (const { told, route } of groups) {
    if (told.length === 0) continue;
    counts.set(route.receiver, (counts.get(route.receiver) ?? 0) + (channels.get(route.receiver) ?? 0));
  }
  return counts;
}
