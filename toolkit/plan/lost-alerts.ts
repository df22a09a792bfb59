import { isJsonObject, type JsonObject, parseDuration, printDuration } from '../model/index.ts';
import { lostCollection } from '../model/lost-collection.ts';
import { identityOf } from './element-identity.ts';
import { lostReceivers } from './lost-receivers.ts';
import { lostRoutes } from './lost-routes.ts';
import { receiversInSpec, rulesInSpec } from './rules-in-spec.ts';
import { diffText } from './text-diff.ts';

/**
 * What an operator is told less of by one side than by the other, as sentences without a subject: alerts that go or are
 * critical no longer, escalation that comes later, receivers and routes that go, or go to somebody else. Read from the specs themselves, because
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
  const critical = alertsIn(spec)
    .filter((rule) => !isEscalation(rule))
    .filter((rule) => labelOf(rule, 'severity') === 'critical')
    .map(({ alert }) => String(alert));
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
  const kept = alertsIn(after);
  const heirs = heirsOf(alertsIn(before), kept);
  return [...heirs].flatMap(([rule, now]) => {
    if (isEscalation(rule)) return lostEscalation(titleOf(rule), rule, now);
    if (labelOf(rule, 'severity') !== 'critical' || patched.has(String(rule.alert))) return [];
    if (now === undefined) return kept.length === 0 ? [] : [sayRemoved(titleOf(rule), kept)];
    const severity = labelOf(now, 'severity');
    if (severity !== 'critical') return [sayLowered(titleOf(rule), severity)];
    const [waited, waits] = [waitOf(rule), waitOf(now)];
    return waits > waited
      ? [`the critical alert ${titleOf(rule)} waits ${printDuration(waits)} instead of ${printDuration(waited)}`]
      : [];
  });
}

/**
 * Which rule each becomes. One alert may be several rules, as urgent as its items are: those that say the same are one,
 * then those that are as urgent, and only what is left over has become another.
 */
function heirsOf(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): ReadonlyMap<JsonObject, JsonObject | undefined> {
  const free = new Map([...Map.groupBy(after, titleOf)].map(([title, rules]) => [title, new Set(rules)]));
  const heirs = new Map<JsonObject, JsonObject>();
  for (const isAlike of [isSame, isAsUrgent, () => true]) {
    for (const rule of before.filter((one) => !heirs.has(one))) {
      const heir = [...(free.get(titleOf(rule)) ?? [])].find((one) => isAlike(rule, one));
      if (heir === undefined) continue;
      heirs.set(rule, heir);
      free.get(titleOf(rule))?.delete(heir);
    }
  }
  return new Map(before.map((rule) => [rule, heirs.get(rule)]));
}

function isAsUrgent(one: JsonObject, other: JsonObject): boolean {
  return labelOf(one, 'severity') === labelOf(other, 'severity');
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  return one.expr === other.expr && isAsUrgent(one, other);
}

function sayRemoved(title: string, kept: readonly JsonObject[]): string {
  const severities = kept.filter((rule) => titleOf(rule) === title).map((rule) => labelOf(rule, 'severity'));
  const [left] = severities;
  if (left === undefined) return `the critical alert ${title} is removed`;
  return severities.includes('critical') ? `one of the critical alerts ${title} is removed` : sayLowered(title, left);
}

function sayLowered(title: string, severity: string): string {
  return `the alert ${title} is critical no longer: severity is now ${severity || 'missing'}`;
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

function alertsIn(spec: JsonObject): readonly JsonObject[] {
  return rulesInSpec(spec).filter(({ alert }) => alert !== undefined);
}

function titleOf(rule: JsonObject): string {
  return identityOf(rule)?.title ?? '';
}

function labelOf({ labels }: JsonObject, name: string): string {
  return isJsonObject(labels ?? null) ? String((labels as JsonObject)[name] ?? '') : '';
}
