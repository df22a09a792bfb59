import { isJsonObject, type JsonObject, type JsonValue, parseDuration, printDuration } from '../model/index.ts';
import { lostCollection } from '../model/lost-collection.ts';
import { identityOf } from './element-identity.ts';
import { valueAt } from './json-pointer.ts';
import { receiversInSpec, rulesInSpec } from './rules-in-spec.ts';
import { diffText } from './text-diff.ts';

/**
 * What an operator is told less of by one side than by the other, as sentences without a subject: alerts that go or are
 * critical no longer, escalation that comes later, receivers and routes that go. Read from the specs themselves, because
 * what goes has no declaration left to say so.
 */
export function lostAlerts(
  before: JsonObject,
  after: JsonObject,
  /** Alerts of which a patch tells by itself. */
  patched: ReadonlySet<string> = new Set(),
): readonly string[] {
  return [
    ...lostRules(before, after, patched),
    ...lostReceivers(before, after),
    ...lostRoutes(before, after),
    ...lostCollection(configOf(before), configOf(after)),
  ];
}

function configOf({ config }: JsonObject): JsonObject {
  return isJsonObject(config ?? null) ? (config as JsonObject) : {};
}

/** What nobody is told any more when the object goes as a whole. */
export function whatGoesWith(spec: JsonObject): readonly string[] {
  const rules = [...rulesByTitle(spec).values()].filter((rule) => !isEscalation(rule));
  const critical = rules.filter((rule) => labelOf(rule, 'severity') === 'critical').map(({ alert }) => String(alert));
  const receivers = receiversInSpec(spec).map(({ name }) => String(name));
  return [...goWith('critical alert', critical), ...goWith('receiver', receivers)];
}

function goWith(kind: string, names: readonly string[]): readonly string[] {
  const [name, ...others] = [...new Set(names)].sort();
  if (name === undefined) return [];
  return others.length === 0
    ? [`with it goes the ${kind} ${name}`]
    : [`with it go the ${kind}s ${[name, ...others].join(', ')}`];
}

function lostRules(before: JsonObject, after: JsonObject, patched: ReadonlySet<string>): readonly string[] {
  const kept = rulesByTitle(after);
  return [...rulesByTitle(before)].flatMap(([title, rule]) => {
    const now = kept.get(title);
    if (isEscalation(rule)) return lostEscalation(title, rule, now);
    if (labelOf(rule, 'severity') !== 'critical' || patched.has(String(rule.alert))) return [];
    if (now === undefined) return kept.size === 0 ? [] : [`the critical alert ${title} is removed`];
    const severity = labelOf(now, 'severity');
    if (severity !== 'critical')
      return [`the alert ${title} is critical no longer: severity is now ${severity || 'missing'}`];
    const [waited, waits] = [waitOf(rule), waitOf(now)];
    return waits > waited
      ? [`the critical alert ${title} waits ${printDuration(waits)} instead of ${printDuration(waited)}`]
      : [];
  });
}

function waitOf({ for: wait }: JsonObject): number {
  return parseDuration(String(wait ?? '0s')) ?? 0;
}

function isEscalation(rule: JsonObject): boolean {
  return labelOf(rule, 'escalated') !== '';
}

function lostEscalation(title: string, rule: JsonObject, now: JsonObject | undefined): readonly string[] {
  const tier = labelOf(rule, 'escalated');
  if (now === undefined) return [`escalation to ${tier} is removed: ${tier} is not told what stays unresolved`];
  const later = diffText(String(rule.expr), String(now.expr)).flatMap(({ lead, before, after }) => {
    const [from, to] = [secondsIn(lead, before), secondsIn(lead, after)];
    return from !== null && to !== null && to > from ? [`${printSeconds(to)} instead of ${printSeconds(from)}`] : [];
  });
  return later.length === 0
    ? []
    : [`escalation to ${tier} (${title}) comes later: after ${later.join(', and after ')}`];
}

/** The time in `ALERTS_FOR_STATE{...} > 5400`. */
function secondsIn(lead: string, segment: string): number | null {
  return lead === '>' && /^\d+$/.test(segment) ? Number(segment) : null;
}

function printSeconds(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = [
    hours > 0 ? `${hours}h` : '',
    minutes > 0 ? `${minutes}m` : '',
    seconds % 60 > 0 ? `${seconds % 60}s` : '',
  ];
  return parts.join('') || '0s';
}

function rulesByTitle(spec: JsonObject): ReadonlyMap<string, JsonObject> {
  const rules = rulesInSpec(spec).filter(({ alert }) => alert !== undefined);
  return new Map(rules.map((rule) => [identityOf(rule)?.title ?? '', rule]));
}

function labelOf({ labels }: JsonObject, name: string): string {
  return isJsonObject(labels ?? null) ? String((labels as JsonObject)[name] ?? '') : '';
}

function lostReceivers(before: JsonObject, after: JsonObject): readonly string[] {
  const kept = new Map(receiversInSpec(after).map((receiver) => [receiver.name, receiver]));
  return receiversInSpec(before).flatMap((receiver) => {
    const now = kept.get(receiver.name);
    if (now === undefined) return [`the receiver ${receiver.name} is removed`];
    const channels = channelsOf(now);
    const lost = channelsOf(receiver).filter((channel) => !channels.includes(channel));
    if (lost.length === 0) return [];
    const rest = channels.length === 0 ? ' and tells nobody any more' : '';
    return [`the receiver ${receiver.name} loses ${lost.map(printChannel).join(' and ')}${rest}`];
  });
}

function channelsOf(receiver: JsonObject): readonly string[] {
  return Object.entries(receiver).flatMap(([key, value]) =>
    /(?:_c|C)onfigs$/.test(key) && Array.isArray(value) && value.length > 0 ? [key] : [],
  );
}

/** `webhook_configs` is how Alertmanager says it, `webhookConfigs` how the operator does. */
function printChannel(key: string): string {
  return `its ${key.replace(/(?:_c|C)onfigs$/, '')} channel`;
}

function lostRoutes(before: JsonObject, after: JsonObject): readonly string[] {
  const [routes, left] = [before, after].map((spec) => routesIn(valueAt(spec, '/config/route'))) as [Routes, Routes];
  const kept = new Map(left.map(({ path, receiver }) => [path, receiver]));
  const lost = routes.filter(({ path }) => !kept.has(path));
  // Of a route that goes with all below it, the outermost is enough.
  const outermost = lost.filter(({ path }) => !lost.some((other) => path.startsWith(`${other.path} / `)));
  return [
    ...outermost.map(({ path, receiver }) => `the route ${path} to ${receiver} is dropped`),
    ...routes.flatMap(({ path, receiver }) => {
      const now = kept.get(path) ?? receiver;
      return now === receiver ? [] : [`the route ${path} goes to ${now} instead of ${receiver}`];
    }),
    ...lostDefault(valueAt(before, '/config/route/receiver'), valueAt(after, '/config/route/receiver')),
  ];
}

function lostDefault(before: JsonValue | undefined, after: JsonValue | undefined): readonly string[] {
  return before === undefined || after === undefined || before === after
    ? []
    : [`what no route takes goes to ${after} instead of ${before}`];
}

type Routes = readonly Route[];

interface Route {
  readonly path: string;
  readonly receiver: string;
}

function routesIn(route: JsonValue | undefined, path = ''): readonly Route[] {
  if (route === undefined || !isJsonObject(route)) return [];
  return objectsAt(route, '/routes').flatMap((child) => {
    const title = identityOf(child)?.title;
    if (title === undefined) return [];
    const own = path === '' ? title : `${path} / ${title}`;
    return [{ path: own, receiver: String(child.receiver) }, ...routesIn(child, own)];
  });
}

function objectsAt(spec: JsonObject, pointer: string): readonly JsonObject[] {
  const list = valueAt(spec, pointer);
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
