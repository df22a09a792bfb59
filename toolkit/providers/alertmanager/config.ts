import type { Diagnostic } from '../../diagnostics/index.ts';
import { type FileKind, managedHeader } from '../../host/file-set/index.ts';
import { printYaml, readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue, type Resource } from '../../model/index.ts';
import { canonicalConfig } from './canonical-config.ts';
import { alertmanagerDiagnostics } from './diagnostics.ts';

export const configFile = 'alertmanager.yml';

/** The main configuration, one per target: `{ config: { ...alertmanager.yml... } }`. */
export const configKind: FileKind<JsonObject> = {
  type: 'alertmanager-config',
  path: () => configFile,
  print: (spec) => managedHeader + printYaml(spec.config ?? {}),
  parse(text) {
    const read = readYamlMapping(text, configFile);
    if (read.kind === 'unreadable') return { state: 'malformed', reason: read.reason, spec: {} };
    return { state: 'present', spec: canonicalConfig({ config: read.value }) };
  },
  identity: () => ({}),
  // Receivers have passwords and keys in them, and Alertmanager 0.25 can read only some of those from files.
  isPrivate: true,
};

export function validateConfig(resource: Resource): readonly Diagnostic[] {
  const { config } = resource.spec;
  if (!isJsonObject(config)) return [badSpec(resource, '/config', 'an object')];
  const { route } = config;
  if (!isJsonObject(route)) return [badSpec(resource, '/config/route', 'an object')];
  const names = {
    receivers: namesIn(config.receivers),
    intervals: new Set([...namesIn(config.time_intervals), ...namesIn(config.mute_time_intervals)]),
  };
  const noReceiver =
    typeof route.receiver === 'string' ? [] : [badSpec(resource, '/config/route/receiver', 'the name of a receiver')];
  return [...noReceiver, ...routeProblems(resource, route, '/config/route', names)];
}

export function badSpec(resource: Resource, pointer: string, expected: string): Diagnostic {
  return alertmanagerDiagnostics.create('bad-spec', { pointer, expected }, occurrenceOf(resource));
}

interface Names {
  readonly receivers: ReadonlySet<string>;
  readonly intervals: ReadonlySet<string>;
}

function routeProblems(resource: Resource, route: JsonObject, pointer: string, names: Names): readonly Diagnostic[] {
  const { receiver, routes = [] } = route;
  const unknownReceiver =
    typeof receiver === 'string' && !names.receivers.has(receiver)
      ? [alertmanagerDiagnostics.create('unknown-receiver', { receiver, pointer }, occurrenceOf(resource))]
      : [];
  const below = Array.isArray(routes) ? routes : [];
  return [
    ...unknownReceiver,
    ...intervalProblems(resource, route, pointer, names),
    ...below.flatMap((child: JsonValue, index) => {
      const at = `${pointer}/routes/${index}`;
      return isJsonObject(child) ? routeProblems(resource, child, at, names) : [badSpec(resource, at, 'an object')];
    }),
  ];
}

function intervalProblems(resource: Resource, route: JsonObject, pointer: string, names: Names): readonly Diagnostic[] {
  const named = [route.mute_time_intervals, route.active_time_intervals].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  return named
    .map(String)
    .filter((interval) => !names.intervals.has(interval))
    .map((interval) =>
      alertmanagerDiagnostics.create('unknown-interval', { interval, pointer }, occurrenceOf(resource)),
    );
}

function namesIn(list: JsonValue | undefined): ReadonlySet<string> {
  return new Set(Array.isArray(list) ? list.map((entry) => (isJsonObject(entry) ? String(entry.name) : '')) : []);
}

function occurrenceOf(resource: Resource) {
  return { position: resource.source, subject: resource.address };
}
