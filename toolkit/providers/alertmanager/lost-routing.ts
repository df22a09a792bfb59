import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';

/** Whom one canonical configuration does not tell and the other one does, as sentences without a subject. */
export function lostRouting(before: JsonObject, after: JsonObject): readonly string[] {
  return [
    ...lostReceivers(objectsIn(before.receivers), objectsIn(after.receivers)),
    ...lostRoutes(routesIn(before.route), routesIn(after.route)),
    ...otherDefault(receiverOf(before), receiverOf(after)),
  ];
}

function lostReceivers(before: readonly JsonObject[], after: readonly JsonObject[]): readonly string[] {
  const kept = new Map(after.map((receiver) => [receiver.name, receiver]));
  return before.flatMap((receiver) => {
    const now = kept.get(receiver.name);
    if (now === undefined) return [`the receiver ${receiver.name} does not exist`];
    const lost = channelsOf(receiver).filter((channel) => !channelsOf(now).includes(channel));
    if (lost.length === 0) return [];
    if (channelsOf(now).length === 0) return [`the receiver ${receiver.name} tells nobody`];
    return [`the receiver ${receiver.name} has no ${lost.join(', no ')}`];
  });
}

function channelsOf(receiver: JsonObject): readonly string[] {
  return Object.entries(receiver).flatMap(([field, value]) =>
    Array.isArray(value) && value.length > 0 ? [field] : [],
  );
}

interface Route {
  readonly matchers: string;
  readonly receiver: string;
}

function lostRoutes(before: readonly Route[], after: readonly Route[]): readonly string[] {
  const kept = new Map(after.map(({ matchers, receiver }) => [matchers, receiver]));
  const lost = before.filter(({ matchers }) => !kept.has(matchers));
  // Of a route that is gone with all below it, the outermost is enough.
  const outermost = lost.filter(({ matchers }) => !lost.some((other) => matchers.startsWith(`${other.matchers} / `)));
  return [
    ...outermost.map(({ matchers, receiver }) => `there is no route ${matchers} to ${receiver}`),
    ...before.flatMap(({ matchers, receiver }) => {
      const now = kept.get(matchers) ?? receiver;
      return now === receiver ? [] : [`the route ${matchers} goes to ${now} instead of ${receiver}`];
    }),
  ];
}

/** A route below is known by the matchers of those above it too; what it does not name itself, it has of them. */
function routesIn(route: JsonValue | undefined, above = ''): readonly Route[] {
  if (!isJsonObject(route ?? null)) return [];
  const { routes, receiver } = route as JsonObject;
  return objectsIn(routes).flatMap((child) => {
    const own = Array.isArray(child.matchers) ? child.matchers.map(String).join(', ') : '';
    const matchers = above === '' ? own : `${above} / ${own}`;
    const inheriting = { ...child, receiver: child.receiver ?? receiver ?? '' };
    return [{ matchers, receiver: String(inheriting.receiver) }, ...routesIn(inheriting, matchers)];
  });
}

function otherDefault(before: string, after: string): readonly string[] {
  return before === after ? [] : [`what no route takes goes to ${after} instead of ${before}`];
}

function receiverOf({ route }: JsonObject): string {
  return isJsonObject(route ?? null) ? String((route as JsonObject).receiver) : '';
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
