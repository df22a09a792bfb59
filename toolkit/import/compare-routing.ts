import {
  type AlertmanagerConfig,
  type LabelSet,
  parseAlertmanager,
  type Route,
  routesTaken,
} from '../languages/alert-routing/index.ts';
import { type AlertmanagerFile, isMapping, listOf } from '../lint/index.ts';
import { isJsonObject, type JsonObject, type JsonValue, jsonEquals, type Resource } from '../model/index.ts';
import type { Difference } from './imported.ts';
import { sampleLabels } from './sample-labels.ts';

export interface ExpectedRouting {
  readonly file: AlertmanagerFile;
  /** With what they inherit, and references in place of secrets. */
  readonly receivers: readonly JsonObject[];
}

/**
 * Holds the configuration that the content compiles to against the one that was read: alerts with thousands of label sets,
 * made of the values that its matchers ask for, take the same routes, with the same grouping, waits and hours; receivers,
 * intervals and inhibition are there as they were.
 */
export function compareRouting(
  { file, receivers }: ExpectedRouting,
  resources: readonly Resource[],
): readonly Difference[] {
  const { document, pointer, config, value } = file;
  const compiled = resources.find(({ type }) => type === 'alertmanager-config')?.spec.config;
  if (!isJsonObject(compiled))
    return [{ what: document.file, text: 'it is not compiled.', position: document.positionOf(pointer) }];
  const parsed = parseAlertmanager(compiled, config.release).config;
  const intervals = [...listOf(value.time_intervals), ...listOf(value.mute_time_intervals)] as readonly JsonValue[];
  const rules = listOf(value.inhibit_rules) as readonly JsonValue[];
  const differ = (section: string, text: string): Difference => ({
    what: `${section} of ${document.file}`,
    text,
    position: document.positionOf(`${pointer}/${section}`),
  });
  return [
    ...compareRoutes(config, parsed).map((text) => differ('route', text)),
    ...missing(receivers, compiled.receivers).map((name) => differ('receivers', `${name} is not the same.`)),
    ...missing(intervals, compiled.time_intervals).map((name) => differ('time_intervals', `${name} is not the same.`)),
    ...missing(rules, listOf(compiled.inhibit_rules as never).map(withoutItem) as never).map((name) =>
      differ('inhibit_rules', `${name} is not the same.`),
    ),
  ];
}

const told = 3;

function compareRoutes(read: AlertmanagerConfig, compiled: AlertmanagerConfig): readonly string[] {
  const faults: string[] = [];
  for (const labels of sampleLabels(read)) {
    const [before, after] = [read, compiled].map(({ root }) => waysOf(root, labels));
    if (before === after) continue;
    faults.push(`an alert with ${JSON.stringify(labels)} takes ${after} instead of ${before}.`);
    if (faults.length >= told) break;
  }
  return faults;
}

/** All that an alert with these labels meets, as one text. */
function waysOf(root: Route, labels: LabelSet): string {
  return JSON.stringify(
    routesTaken(root, labels).map(
      ({ receiver, groupBy, groupWaitMs, groupIntervalMs, repeatIntervalMs, muteIntervals, activeIntervals }) => [
        receiver,
        groupBy === 'all' ? groupBy : [...groupBy].filter((label) => label !== 'opsctl_no_such_label').sort(),
        [groupWaitMs, groupIntervalMs, repeatIntervalMs],
        [...muteIntervals].sort(),
        [...activeIntervals].sort(),
      ],
    ),
  );
}

/** Names of entries that the compiled list does not hold as they are. */
function missing(read: readonly JsonValue[], compiled: JsonValue | undefined): readonly string[] {
  const held = Array.isArray(compiled) ? (compiled as readonly JsonValue[]) : [];
  return read.flatMap((entry, index) => {
    if (held.some((other) => jsonEquals(other, entry))) return [];
    return [isJsonObject(entry) && typeof entry.name === 'string' ? entry.name : `number ${index + 1}`];
  });
}

/** It is added so that inhibition that was read stays among alerts that name no item. */
const itemless = 'item=""';

function withoutItem(rule: unknown): unknown {
  if (!isMapping(rule as never)) return rule;
  const fields = Object.entries(rule as JsonObject).flatMap(([name, value]) => {
    if (!/^(source|target)_matchers$/.test(name) || !Array.isArray(value)) return [[name, value]];
    const rest = value.filter((matcher) => matcher !== itemless);
    return rest.length === 0 ? [] : [[name, rest]];
  });
  return Object.fromEntries(fields);
}
