import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  jsonEquals,
  parseDuration,
  printDuration,
  texts,
} from '../../model/index.ts';
import type { LoadedGroup, LoadedRule } from './api.ts';
import { isSameExpression } from './expression.ts';

/** How the groups that run differ from those of their file (in canonical form); each as the rest of a sentence. */
export function groupDifferences(
  written: readonly JsonObject[],
  running: readonly LoadedGroup[],
  standardInterval: string,
): readonly string[] {
  const names = new Set(written.map(({ name }) => String(name)));
  return [
    ...written.flatMap((group) => {
      const loaded = running.find(({ name }) => name === String(group.name));
      if (loaded !== undefined) return differencesOf(group, loaded, standardInterval);
      return rulesOf(group).length === 0 ? [] : [`the server has no group ${String(group.name)}.`];
    }),
    ...running
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => `the server runs a group ${name}, which is not in the file.`),
  ];
}

function differencesOf(group: JsonObject, loaded: LoadedGroup, standardInterval: string): readonly string[] {
  const rules = rulesOf(group);
  const name = String(group.name);
  const fields = [
    ...(isDuration(intervalOf(group, standardInterval), loaded.intervalSeconds) ? [] : ['interval']),
    ...(Number(group.limit ?? 0) === loaded.limit ? [] : ['limit']),
  ];
  const others = fields.length === 0 ? [] : [`the server runs ${name} with another ${fields.join(', ')}.`];
  if (rules.length !== loaded.rules.length) return [...others, ...missingAndMore(rules, loaded.rules, name)];
  return [
    ...others,
    ...rules.flatMap((rule, index) => differencesOfRule(withLabelsOf(group, rule), loaded.rules[index] as LoadedRule)),
  ];
}

/** By name, so that an alert which nobody is told of any more is not only counted. */
function missingAndMore(
  written: readonly JsonObject[],
  running: readonly LoadedRule[],
  group: string,
): readonly string[] {
  const left = running.map(({ name }) => name);
  const missing = written.filter((rule) => {
    const index = left.indexOf(titleOf(rule));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map((rule) => `the server does not run ${titleOf(rule)}${severityOf(rule)} of ${group}.`),
    ...left.map((name) => `the server runs ${name} of ${group}, which is not in the file.`),
  ];
}

function differencesOfRule(rule: JsonObject, loaded: LoadedRule): readonly string[] {
  const differing = differingFields(rule, loaded).map((field) => sayField(field, rule, loaded));
  return differing.length === 0 ? [] : [`the server runs ${titleOf(rule)} with another ${differing.join(', ')}.`];
}

/** What decides when somebody is woken is told with both values. */
function sayField(field: string, rule: JsonObject, loaded: LoadedRule): string {
  const severity = (labels: JsonValue | undefined) => (isJsonObject(labels) ? String(labels.severity) : 'undefined');
  if (field === 'for' && loaded.forSeconds !== null)
    return `for (${printDuration(loaded.forSeconds * 1000)}, and ${String(rule.for ?? '0s')} in the file)`;
  const [now, wanted] = [severity(loaded.labels), severity(rule.labels)];
  if (field === 'labels' && now !== wanted) return `labels (severity ${now}, and ${wanted} in the file)`;
  return field;
}

function titleOf(rule: JsonObject): string {
  return String(rule.alert ?? rule.record);
}

function severityOf({ labels }: JsonObject): string {
  return isJsonObject(labels) && typeof labels.severity === 'string' ? ` (${labels.severity})` : '';
}

/** None, written as none or as nothing, is that of the whole. */
function intervalOf({ interval }: JsonObject, standard: string): JsonValue {
  return interval === undefined || parseDuration(String(interval)) === 0 ? standard : interval;
}

/** Prometheus 3 puts the labels of a group on its rules, whose own win. */
function withLabelsOf({ labels }: JsonObject, rule: JsonObject): JsonObject {
  if (!isJsonObject(labels)) return rule;
  return { ...rule, labels: { ...labels, ...(isJsonObject(rule.labels) ? rule.labels : {}) } };
}

function differingFields(rule: JsonObject, loaded: LoadedRule): readonly string[] {
  const isAlert = rule.alert !== undefined;
  const isSame: Readonly<Record<string, boolean>> = {
    name: loaded.isAlert === isAlert && loaded.name === String(rule.alert ?? rule.record),
    expr: isSameExpression(String(rule.expr), loaded.query),
    for: !isAlert || isDuration(rule.for ?? '0s', loaded.forSeconds),
    keep_firing_for: !isAlert || isDuration(rule.keep_firing_for ?? '0s', loaded.keepFiringForSeconds),
    labels: isSameMap(rule.labels, loaded.labels),
    annotations: !isAlert || isSameMap(rule.annotations, loaded.annotations),
  };
  return Object.keys(isSame).filter((field) => isSame[field] === false);
}

/** A version of Prometheus that does not say it cannot be asked. */
function isDuration(written: JsonValue, seconds: number | null): boolean {
  return seconds === null || parseDuration(String(written)) === Math.round(seconds * 1000);
}

function isSameMap(written: JsonValue | undefined, running: JsonObject): boolean {
  return jsonEquals(withoutEmpty(texts(written ?? {})), withoutEmpty(texts(running)));
}

/** A label without a value is no label. */
function withoutEmpty(map: JsonValue | undefined): JsonObject {
  return isJsonObject(map) ? Object.fromEntries(Object.entries(map).filter(([, value]) => value !== '')) : {};
}

function rulesOf({ rules }: JsonObject): readonly JsonObject[] {
  return Array.isArray(rules) ? rules.filter((rule) => isJsonObject(rule)) : [];
}
