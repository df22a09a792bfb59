import { isJsonObject, type JsonObject, type JsonValue } from '../model/index.ts';
import { identityOf } from './element-identity.ts';
import { valueAt } from './json-pointer.ts';

/** Routes that go, that go to somebody else, or that tell at fewer times. */
export function lostRoutes(before: JsonObject, after: JsonObject): readonly string[] {
  const [routes, left] = [routesIn(rootOf(before)), routesIn(rootOf(after))];
  const kept = Map.groupBy(left, ({ path }) => path);
  const lost = routes.filter(({ path }) => !kept.has(path));
  // Of a route that goes with all below it, the outermost is enough.
  const outermost = lost.filter(({ path }) => !lost.some((other) => path.startsWith(`${other.path} / `)));
  return [
    ...outermost.map(({ path, receiver }) => `the route ${path} to ${receiver} is dropped`),
    ...routes.flatMap((route) => lossOf(route, kept.get(route.path) ?? [])),
    ...lostDefault(rootOf(before)?.receiver, rootOf(after)?.receiver),
    ...otherHours(before, after, new Set(left.flatMap(({ active, mute }) => [...active, ...mute]))),
  ];
}

function lostDefault(before: JsonValue | undefined, after: JsonValue | undefined): readonly string[] {
  return before === undefined || after === undefined || before === after
    ? []
    : [`what no route takes goes to ${after} instead of ${before}`];
}

interface Route {
  readonly path: string;
  readonly receiver: string;
  /** Names of time intervals: it tells only during these, none is always; and not during those. */
  readonly active: readonly string[];
  readonly mute: readonly string[];
}

/** Where several routes take the same, that somebody else is told too is no loss. */
function lossOf({ path, receiver, active, mute }: Route, kept: readonly Route[]): readonly string[] {
  const now = kept.find((one) => one.receiver === receiver) ?? kept[0];
  if (now === undefined) return [];
  if (now.receiver !== receiver) return [`the route ${path} goes to ${now.receiver} instead of ${receiver}`];
  const silent = now.mute.filter((name) => !mute.includes(name));
  const isLess = now.active.length > 0 && (active.length === 0 || active.some((name) => !now.active.includes(name)));
  const instead = active.length === 0 ? '' : ` instead of ${active.join(', ')}`;
  return [
    ...(isLess ? [`the route ${path} tells ${receiver} during ${now.active.join(', ')} only${instead}`] : []),
    ...(silent.length === 0 ? [] : [`the route ${path} does not tell ${receiver} during ${silent.join(', ')}`]),
  ];
}

/** Whether they are more or fewer, who waits for them is told at other times. */
function otherHours(before: JsonObject, after: JsonObject, used: ReadonlySet<string>): readonly string[] {
  const were = new Map(intervalsOf(before).map(({ name, ...times }) => [String(name), JSON.stringify(times)]));
  return intervalsOf(after).flatMap(({ name, ...times }) => {
    const former = were.get(String(name));
    const isOther = former !== undefined && former !== JSON.stringify(times) && used.has(String(name));
    return isOther ? [`what waits for ${String(name)} is told at other times`] : [];
  });
}

/** The root route of a configuration, or of an AlertmanagerConfig. */
function rootOf(spec: JsonObject): JsonObject | undefined {
  const root = valueAt(spec, spec.kind === 'AlertmanagerConfig' ? '/spec/route' : '/config/route');
  return isJsonObject(root ?? null) ? (root as JsonObject) : undefined;
}

function intervalsOf(spec: JsonObject): readonly JsonObject[] {
  return objectsIn(valueAt(spec, '/config/time_intervals'));
}

function routesIn(route: JsonObject | undefined, path = ''): readonly Route[] {
  return objectsIn(route?.routes).flatMap((child) => {
    const title = titleOf(child);
    if (title === null) return [];
    const own = path === '' ? title : `${path} / ${title}`;
    const active = textsIn(child.active_time_intervals ?? child.activeTimeIntervals);
    const mute = textsIn(child.mute_time_intervals ?? child.muteTimeIntervals);
    return [{ path: own, receiver: String(child.receiver), active, mute }, ...routesIn(child, own)];
  });
}

/** In a cluster a matcher is an object, where Alertmanager has a text. */
function titleOf(route: JsonObject): string | null {
  const matchers = objectsIn(route.matchers);
  if (matchers.length === 0) return identityOf(route)?.title ?? null;
  return matchers.map(({ name, matchType = '=', value = '' }) => `${name}${matchType}"${value}"`).join(', ');
}

function objectsIn(list: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly JsonValue[]).filter(isJsonObject) : [];
}

function textsIn(list: JsonValue | undefined): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
