import type { AlertmanagerConfig, InhibitRule, Route } from './config.ts';
import type { RoutingFinding } from './finding.ts';
import { configFields, globalFields, inhibitRuleFields } from './known-fields.ts';
import {
  durationOf,
  type Entry,
  fieldOf,
  listOf,
  type Reading,
  readMapping,
  report,
  textOf,
  textsOf,
} from './read-fields.ts';
import { checkLabelName, readMatchers } from './read-matchers.ts';
import { readReceivers } from './read-receivers.ts';
import { readRootRoute } from './read-route.ts';
import { readTimeIntervals } from './read-time-intervals.ts';
import { type AlertmanagerRelease, debianRelease } from './release.ts';

export interface ParsedAlertmanager {
  /** What could be read; what is wrong in it takes no alert. */
  readonly config: AlertmanagerConfig;
  readonly findings: readonly RoutingFinding[];
}

/**
 * Reads a configuration of Alertmanager, given as YAML or JSON that is parsed already, and finds what Alertmanager would
 * refuse. Findings have JSON pointers; who parsed the text knows where those stand.
 */
export function parseAlertmanager(document: unknown, release: AlertmanagerRelease = debianRelease): ParsedAlertmanager {
  const reading: Reading = { release, findings: [] };
  const mapping = readMapping({ pointer: '', value: document }, reading, configFields);
  const global = readMapping({ pointer: '/global', value: fieldOf(mapping, 'global') }, reading, globalFields);
  const config: AlertmanagerConfig = {
    release,
    resolveTimeoutMs: durationOf(global, 'resolve_timeout') ?? 300_000,
    root: readRootRoute({ pointer: '/route', value: fieldOf(mapping, 'route') }, reading),
    inhibitRules: (listOf(mapping, 'inhibit_rules') ?? []).map((entry) => readInhibitRule(entry, reading)),
    timeIntervals: readTimeIntervals(mapping),
    receivers: readReceivers(mapping),
    templates: (textsOf(mapping, 'templates') ?? []).map(({ value }) => value),
  };
  checkIntervalNames(config, reading);
  checkReferences(config, reading);
  return { config, findings: reading.findings };
}

export interface ReadRoutes {
  readonly root: Route;
  /** What Alertmanager would refuse; a route with such a matcher takes no alert. */
  readonly problems: readonly string[];
}

/** Reads only the `route` of a configuration. */
export function readRoutes(route: unknown, release: AlertmanagerRelease = debianRelease): ReadRoutes {
  const reading: Reading = { release, findings: [] };
  const root = readRootRoute({ pointer: '/route', value: route }, reading);
  return { root, problems: reading.findings.filter(({ weight }) => weight === 'refused').map(({ text }) => text) };
}

function readInhibitRule(entry: Entry, reading: Reading): InhibitRule {
  const mapping = readMapping(entry, reading, inhibitRuleFields);
  const equal = textsOf(mapping, 'equal') ?? [];
  for (const name of equal) checkLabelName(name, reading);
  return {
    pointer: entry.pointer,
    name: textOf(mapping, 'name'),
    source: readMatchers(mapping, 'source_'),
    target: readMatchers(mapping, 'target_'),
    equal: [...new Set(equal.map(({ value }) => value))],
  };
}

function checkIntervalNames({ timeIntervals }: AlertmanagerConfig, reading: Reading): void {
  for (const [index, { name, pointer }] of timeIntervals.entries()) {
    if (name !== '' && timeIntervals.findIndex((other) => other.name === name) < index)
      report(reading, { code: 'duplicate', pointer, text: `There are two time intervals ${name}.` });
  }
}

function checkReferences(config: AlertmanagerConfig, reading: Reading): void {
  const receivers = new Set(config.receivers.map(({ name }) => name));
  const intervals = new Set(config.timeIntervals.map(({ name }) => name));
  checkRoute(config.root, '', receivers, intervals, reading);
}

function checkRoute(
  route: Route,
  inherited: string,
  receivers: ReadonlySet<string>,
  intervals: ReadonlySet<string>,
  reading: Reading,
): void {
  const { receiver, pointer } = route;
  if (receiver !== '' && receiver !== inherited && !receivers.has(receiver)) {
    const text = `No receiver is named ${receiver}.`;
    report(reading, {
      code: 'undefined-receiver',
      pointer: `${pointer}/receiver`,
      text,
      expected: [...receivers].join(', '),
    });
  }
  for (const [field, names] of [
    ['mute_time_intervals', route.muteIntervals],
    ['active_time_intervals', route.activeIntervals],
  ] as const) {
    for (const [index, name] of names.entries()) {
      if (intervals.has(name)) continue;
      const text = `No time interval is named ${name}.`;
      report(reading, {
        code: 'undefined-interval',
        pointer: `${pointer}/${field}/${index}`,
        text,
        expected: [...intervals].join(', '),
      });
    }
  }
  for (const child of route.routes) checkRoute(child, receiver, receivers, intervals, reading);
}
