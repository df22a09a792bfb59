import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient, ServerFacts } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import { prometheusDiagnostics } from './diagnostics.ts';

/** The loaded configuration, as Prometheus prints it: every default filled in, secrets hidden, paths absolute. */
export async function loadedConfig(client: HttpClient): Promise<JsonObject> {
  const { yaml } = await dataOf(client, '/api/v1/status/config');
  const read = readYamlMapping(String(yaml), 'status/config');
  if (read.kind === 'unreadable') throw strangeAnswer(client, '/api/v1/status/config', read.reason);
  return read.value;
}

export interface LoadedGroup {
  readonly name: string;
  /** Absolute path of the file that it was read from. */
  readonly file: string;
  readonly intervalSeconds: number | null;
  readonly limit: number;
  readonly rules: readonly LoadedRule[];
}

export interface LoadedRule {
  readonly name: string;
  /** `unknown` until it has been evaluated. */
  readonly health: string;
  readonly lastError: string;
  readonly isAlert: boolean;
  /** As Prometheus prints it, which is not as it was written. */
  readonly query: string;
  /** Null where this version of Prometheus does not say. */
  readonly forSeconds: number | null;
  readonly keepFiringForSeconds: number | null;
  readonly labels: JsonObject;
  readonly annotations: JsonObject;
}

export async function loadedGroups(client: HttpClient): Promise<readonly LoadedGroup[]> {
  const { groups } = await dataOf(client, '/api/v1/rules');
  return objectsIn(groups).map((group) => ({
    name: String(group.name),
    file: String(group.file),
    intervalSeconds: numberIn(group.interval),
    limit: numberIn(group.limit) ?? 0,
    rules: objectsIn(group.rules).map(ruleOf),
  }));
}

function ruleOf(rule: JsonObject): LoadedRule {
  return {
    name: String(rule.name),
    health: String(rule.health),
    lastError: String(rule.lastError ?? ''),
    isAlert: rule.type === 'alerting',
    query: String(rule.query),
    forSeconds: numberIn(rule.duration),
    keepFiringForSeconds: numberIn(rule.keepFiringFor),
    labels: isJsonObject(rule.labels) ? rule.labels : {},
    annotations: isJsonObject(rule.annotations) ? rule.annotations : {},
  };
}

function numberIn(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export interface DiscoveredTarget {
  /** The address before relabelling, and the target list that it stands in. */
  readonly address: string;
  readonly file: string;
  readonly item: string;
  /** `up`, `down`, `unknown` before the first scrape, or `dropped` by relabelling. */
  readonly health: string;
  readonly lastError: string;
}

export async function discoveredTargets(client: HttpClient): Promise<readonly DiscoveredTarget[]> {
  const { activeTargets, droppedTargets } = await dataOf(client, '/api/v1/targets');
  return [
    ...objectsIn(activeTargets).map((target) => targetOf(target, String(target.health))),
    ...objectsIn(droppedTargets).map((target) => targetOf(target, 'dropped')),
  ];
}

function targetOf(target: JsonObject, health: string): DiscoveredTarget {
  const discovered = isJsonObject(target.discoveredLabels) ? target.discoveredLabels : {};
  const address = String(discovered.__address__);
  return {
    address,
    file: String(discovered.__meta_filepath ?? ''),
    item: String(discovered.item ?? address),
    health,
    lastError: String(target.lastError ?? ''),
  };
}

/** Version and flags, as Prometheus says them of itself. */
export async function serverFacts(client: HttpClient): Promise<ServerFacts> {
  const [build, flags] = await Promise.all([
    dataOf(client, '/api/v1/status/buildinfo'),
    dataOf(client, '/api/v1/status/flags'),
  ]);
  return {
    version: String(build.version),
    configFile: typeof flags['config.file'] === 'string' ? flags['config.file'] : null,
    takesReload: flags['web.enable-lifecycle'] === 'true',
  };
}

export async function dataOf(
  client: HttpClient,
  path: string,
  request?: Parameters<HttpClient['json']>[1],
): Promise<JsonObject> {
  const answer = (await client.json(path, request)) as JsonValue;
  const data = isJsonObject(answer) ? answer.data : undefined;
  if (!isJsonObject(data)) throw strangeAnswer(client, path, 'it has no "data"');
  return data;
}

function strangeAnswer(client: HttpClient, path: string, reason: string): Failure {
  return new Failure(prometheusDiagnostics.create('strange-answer', { url: client.base + path, reason }));
}

export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((entry) => isJsonObject(entry)) : [];
}
