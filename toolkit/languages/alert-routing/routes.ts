import { type Matcher, makeMatcher, parseMatchers } from './matchers.ts';

/** A node of Alertmanager's routing tree, with what it inherits filled in. */
export interface Route {
  readonly receiver: string;
  readonly matchers: readonly Matcher[];
  /** Routes beside it, further down, are tried too. */
  readonly continues: boolean;
  /** It tells in some hours only; not inherited, as in Alertmanager. */
  readonly isTimed: boolean;
  readonly routes: readonly Route[];
}

export interface ReadRoutes {
  readonly root: Route;
  /** What could not be read; a route with such a matcher takes no alert. */
  readonly problems: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the `route` of an Alertmanager configuration. */
export function readRoutes(route: unknown): ReadRoutes {
  const problems: string[] = [];
  return { root: readRoute(fieldsOf(route), '', problems), problems };
}

function readRoute(route: Fields, inherited: string, problems: string[]): Route {
  const receiver = typeof route.receiver === 'string' ? route.receiver : inherited;
  return {
    receiver,
    matchers: readMatchers(route, problems),
    continues: route.continue === true,
    isTimed: listOf(route.active_time_intervals).length + listOf(route.mute_time_intervals).length > 0,
    routes: listOf(route.routes).map((child) => readRoute(fieldsOf(child), receiver, problems)),
  };
}

/** `matchers`, and the older `match` and `match_re`, which mean the same. */
function readMatchers(route: Fields, problems: string[]): readonly Matcher[] {
  return [
    ...listOf(route.matchers).flatMap((text) => orProblem(parseMatchers(String(text)), String(text), problems)),
    ...Object.entries(fieldsOf(route.match)).flatMap(([label, value]) => makeMatcher(label, '=', String(value)) ?? []),
    ...Object.entries(fieldsOf(route.match_re)).flatMap(([label, value]) => {
      const matcher = makeMatcher(label, '=~', String(value));
      return orProblem(matcher && [matcher], `${label}=~${value}`, problems);
    }),
  ];
}

const acceptsNothing: Matcher = { label: '', operator: '=', value: '', accepts: () => false };

function orProblem(matchers: readonly Matcher[] | null, text: string, problems: string[]): readonly Matcher[] {
  if (matchers !== null) return matchers;
  problems.push(`${JSON.stringify(text)} is no matcher.`);
  return [acceptsNothing];
}

/**
 * The routes by which an alert is told, in order. Depth first; the first child that takes the alert ends the search
 * among its siblings unless it continues; a route whose children all decline tells itself.
 */
export function routesTaken(route: Route, labels: Readonly<Record<string, string>>): readonly Route[] {
  if (!route.matchers.every((matcher) => matcher.accepts(labels[matcher.label] ?? ''))) return [];
  const taken: Route[] = [];
  for (const child of route.routes) {
    const found = routesTaken(child, labels);
    taken.push(...found);
    if (found.length > 0 && !child.continues) break;
  }
  return taken.length === 0 ? [route] : taken;
}

/** Every label that some route looks at: alerts that agree on these are told alike. */
export function labelsRead(route: Route): ReadonlySet<string> {
  return new Set([
    ...route.matchers.map(({ label }) => label),
    ...route.routes.flatMap((child) => [...labelsRead(child)]),
  ]);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
