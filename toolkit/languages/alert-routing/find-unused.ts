import type { AlertmanagerConfig, Receiver, Route } from './config.ts';
import type { LabelSet } from './label-set.ts';
import { routesTaken } from './route-alert.ts';
import type { NamedTimeInterval } from './time-intervals.ts';

export interface UnusedParts {
  readonly receivers: readonly Receiver[];
  readonly timeIntervals: readonly NamedTimeInterval[];
}

/** What no route names. */
export function findUnused({ root, receivers, timeIntervals }: AlertmanagerConfig): UnusedParts {
  const routes = allRoutes(root);
  const told = new Set(routes.map(({ receiver }) => receiver));
  const named = new Set(routes.flatMap(({ muteIntervals, activeIntervals }) => [...muteIntervals, ...activeIntervals]));
  return {
    receivers: receivers.filter(({ name }) => !told.has(name)),
    timeIntervals: timeIntervals.filter(({ name }) => !named.has(name)),
  };
}

/** Routes that tell none of the given alerts, neither themselves nor by a route below; the root is never one. */
export function findIdleRoutes(root: Route, alerts: readonly LabelSet[]): readonly Route[] {
  const taken = new Set(alerts.flatMap((labels) => routesTaken(root, labels)));
  const isIdle = (route: Route): boolean => !taken.has(route) && route.routes.every(isIdle);
  const idleIn = (routes: readonly Route[]): readonly Route[] =>
    routes.flatMap((route) => (isIdle(route) ? [route] : idleIn(route.routes)));
  return idleIn(root.routes);
}

/** Alerts that only the root tells, because no other route takes them. */
export function findUnrouted(root: Route, alerts: readonly LabelSet[]): readonly LabelSet[] {
  return alerts.filter((labels) => routesTaken(root, labels)[0] === root);
}

/** The route and all below it, depth first. */
export function allRoutes(route: Route): readonly Route[] {
  return [route, ...route.routes.flatMap(allRoutes)];
}
