import type { Route } from './config.ts';
import { type LabelSet, labelValue, printLabels } from './label-set.ts';
import { indexMatchers, type MatcherIndex } from './matcher-index.ts';
import { matchesAll } from './matchers.ts';

/** One way by which an alert is told. */
export interface RoutedAlert {
  readonly route: Route;
  /** The labels by which it is told together with others. */
  readonly groupLabels: LabelSet;
  /** The group in which it is told, as Alertmanager writes it: `{}/{team="ops"}:{alertname="HostDown"}`. */
  readonly groupKey: string;
}

/** Everything that an alert does in a routing tree, as Alertmanager's dispatcher does it. */
export function routeAlert(root: Route, labels: LabelSet): readonly RoutedAlert[] {
  // Most routes inherit what they group by, so this is worked out once for all of those.
  const grouped = new Map<Route['groupBy'], { readonly groupLabels: LabelSet; readonly printed: string }>();
  return routesTaken(root, labels).map((route) => {
    const known = grouped.get(route.groupBy);
    const groupLabels = known?.groupLabels ?? groupLabelsOf(route, labels);
    const printed = known?.printed ?? printLabels(groupLabels);
    if (known === undefined) grouped.set(route.groupBy, { groupLabels, printed });
    return { route, groupLabels, groupKey: `${route.key}:${printed}` };
  });
}

/**
 * The routes by which an alert is told, in order. Depth first; the first child that takes the alert ends the search
 * among its siblings unless it continues; a route whose children all decline tells itself.
 */
export function routesTaken(root: Route, labels: LabelSet): readonly Route[] {
  if (!matchesAll(root.matchers, labels)) return [];
  const taken: Route[] = [];
  collect(root, labels, taken);
  return taken;
}

function collect(route: Route, labels: LabelSet, taken: Route[]): void {
  if (route.routes.length === 0) {
    taken.push(route);
    return;
  }
  // A child that matches always tells somebody, by itself if by none of its own children.
  const matching = childrenOf(route).matchingUntil(labels, (position) => route.routes[position]?.continues === false);
  if (matching.length === 0) taken.push(route);
  for (const position of matching) {
    const child = route.routes[position];
    if (child !== undefined) collect(child, labels, taken);
  }
}

const indexes = new WeakMap<Route, MatcherIndex>();

function childrenOf(route: Route): MatcherIndex {
  const known = indexes.get(route);
  if (known !== undefined) return known;
  const index = indexMatchers(route.routes.map(({ matchers }) => matchers));
  indexes.set(route, index);
  return index;
}

function groupLabelsOf({ groupBy }: Route, labels: LabelSet): LabelSet {
  if (groupBy === 'all') return labels;
  const own = groupBy.filter((name) => Object.hasOwn(labels, name));
  return Object.fromEntries(own.map((name) => [name, labelValue(labels, name)]));
}

/** Every label that some route looks at: alerts that agree on these are told alike. */
export function labelsRead(route: Route): ReadonlySet<string> {
  return new Set([
    ...route.matchers.map(({ label }) => label),
    ...route.routes.flatMap((child) => [...labelsRead(child)]),
  ]);
}
