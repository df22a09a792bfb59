import { type Diagnostic, nearestName } from '../diagnostics/index.ts';
import {
  type Alert,
  type AlertPack,
  type AlertPatch,
  type Catalogue,
  type CataloguePatch,
  type ConfigurationItem,
  describeCriteria,
  type JsonValue,
  jsonEquals,
  numberOf,
  type ObjectClass,
  thresholdOfCase,
} from '../model/index.ts';
import { findOffScale, thresholdOf } from './alerts/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';

/** Whether each patch of the organisation changes an alert that there is, and once. */
export function checkPatches(catalogue: Catalogue, items: readonly ConfigurationItem[]): readonly Diagnostic[] {
  const { patches = [] } = catalogue;
  return patches.flatMap((entry, index) => {
    const isSecond = patches.findIndex(({ alert }) => alert.id === entry.alert.id) < index;
    if (isSecond) return [about(entry, 'patched-twice', { alert: entry.alert.id })];
    const pack = catalogue.alerts.find((candidate) => holds(candidate, entry.alert));
    if (pack === undefined) return [targetGone(entry, catalogue)];
    return entry.kind === 'alert-patch' ? checkPatch(entry, pack.class, items) : [];
  });
}

/** A disabled alert has left its pack; what else the same call declared is still there. */
function holds({ class: objectClass, alerts }: AlertPack, { id, class: classId, source }: Alert): boolean {
  if (objectClass.id !== classId) return false;
  const all = Object.values(alerts);
  const isSameCall = (alert: Alert): boolean => alert.source.file === source.file && alert.source.line === source.line;
  return all.length === 0 || all.some((alert) => alert.id === id || isSameCall(alert));
}

function targetGone(entry: CataloguePatch, { alerts }: Catalogue): Diagnostic {
  const known = alerts.flatMap((pack) => Object.values(pack.alerts)).map(({ id }) => id);
  const { id } = entry.alert;
  return about(entry, 'patch-target-gone', { alert: id, nearest: nearestName(id, known) });
}

function checkPatch(entry: AlertPatch, objectClass: ObjectClass, items: readonly ConfigurationItem[]) {
  const { id, attributes } = objectClass;
  const { alert, change } = entry;
  if (changedFields(entry).length === 0) return [about(entry, 'patch-changes-nothing', { alert: alert.id })];
  const ofClass = items.filter((item) => item.class === id);
  const value = change.threshold === undefined ? undefined : numberOf(change.threshold);
  const forNothing = (change.thresholds ?? []).flatMap((threshold) => {
    const unknown = Object.keys(threshold.where?.attributes ?? {}).some((name) => !(name in attributes));
    if (unknown || ofClass.some((item) => thresholdOfCase(threshold, item) !== null)) return [];
    const selection = describeCriteria({ class: id, ...threshold.where });
    return [about(entry, 'threshold-for-nothing', { alert: alert.id, selection })];
  });
  return [...findOffScale(alert, objectClass, value, entry.source), ...forNothing];
}

/** Names of what a patch gives another value than the pack has. */
function changedFields({ alert, change }: AlertPatch): readonly string[] {
  const { reason: _, threshold, ...fields } = change;
  const others = Object.entries(fields).filter(
    ([name, value]) => !jsonEquals(value as JsonValue, (alert as unknown as Record<string, JsonValue>)[name]),
  );
  const differs = threshold !== undefined && numberOf(threshold) !== thresholdOf(alert);
  return [...(differs ? ['threshold'] : []), ...others.map(([name]) => name)];
}

function about<Code extends 'patched-twice' | 'patch-target-gone' | 'patch-changes-nothing' | 'threshold-for-nothing'>(
  { alert, source }: CataloguePatch,
  code: Code,
  facts: Parameters<typeof compileDiagnostics.create<Code>>[1],
): Diagnostic {
  return compileDiagnostics.create(code, facts, { position: source, subject: alert.id });
}
