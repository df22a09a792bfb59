import { stat } from 'node:fs/promises';
import path from 'node:path';
import { counted } from '../../diagnostics/index.ts';
import { listFiles, readFiles } from '../../host/file-set/index.ts';
import { type HttpClient, sideOf } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import {
  canonicalJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  listsByPosition,
  type ObjectReference,
  type RunningSide,
} from '../../model/index.ts';
import { sayDifferences } from '../../model/say-differences.ts';
import { isLoadedByHash } from './activation.ts';
import { loadedConfig } from './api.ts';
import { canonicalConfig } from './canonical-config.ts';
import { configFile, configKind } from './config.ts';
import { lostRouting } from './lost-routing.ts';
import { templateKind, templatesFolder } from './template.ts';

/** How what Alertmanager runs differs from its files; each in a sentence. */
export async function differencesFromRunning(directory: string, client: HttpClient): Promise<readonly string[]> {
  const [metrics, reading] = await Promise.all([client.text('/metrics'), readConfig(directory)]);
  const templates = (await templatesSince(directory, lastLoadMs(metrics))).map(
    (file) => `${file} was changed after the server had loaded it.`,
  );
  if (reading.state !== 'text') return [cannotBeRead, ...templates];
  if (isLoadedByHash(reading.text, metrics)) return templates;
  const written = readYamlMapping(reading.text, configFile);
  if (written.kind === 'unreadable') return [cannotBeRead, ...templates];
  return [...configDifferences(await loadedConfig(client), written.value), ...templates];
}

/** Of each object that was changed in place, whether Alertmanager runs the file, what was applied, or neither. */
export async function alertmanagerSides(
  directory: string,
  client: HttpClient,
): Promise<(reference: ObjectReference) => RunningSide> {
  const [metrics, reading, running] = await Promise.all([
    client.text('/metrics'),
    readConfig(directory),
    loadedConfig(client),
  ]);
  const changed = await templatesSince(directory, lastLoadMs(metrics));
  const found = reading.state === 'text' ? reading.text : null;
  const isRun = (config: JsonObject) => configDifferences(running, config).length === 0;
  return ({ type, spec }) => {
    // What was loaded of a template is not shown: only that its file was written since.
    if (type === templateKind.type) return changed.includes(templateKind.path(spec)) ? 'applied' : 'not-known';
    // What is kept by the server itself is what it runs.
    if (type !== configKind.type) return 'found';
    if (found !== null && isLoadedByHash(found, metrics)) return 'found';
    const written = found === null ? null : readYamlMapping(found, configFile);
    const isFoundRun = written?.kind === 'mapping' && isRun(written.value);
    const isAppliedRun = isJsonObject(spec.config ?? null) && isRun(spec.config as JsonObject);
    return sideOf({ found: isFoundRun, applied: isAppliedRun });
  };
}

const cannotBeRead = `${configFile} cannot be read, so the server cannot have loaded it.`;

async function readConfig(directory: string) {
  return (await readFiles(directory, [configFile])).get(configFile) ?? ({ state: 'absent' } as const);
}

/** The bytes differ. What the server prints hides secrets, so where it has some, equal is more than can be known. */
function configDifferences(running: JsonObject, written: JsonObject): readonly string[] {
  const [printed, wanted] = [comparable(running), comparable(written)];
  const differences = sayDifferences({
    printed,
    written: wanted,
    fields: { told, maps },
    file: configFile,
    runner: 'the server',
  });
  if (differences.length > 0) {
    const losses = lostRouting(canonicalOf(written), canonicalOf(running));
    return [...losses.map((loss) => `As the server runs, ${loss}.`), ...differences];
  }
  if (!canonicalJson(running).includes('<secret>')) return [];
  return [`The server has loaded other bytes than ${configFile} has now; a secret in it may be another one.`];
}

/** Canonical, with receivers and intervals by their names: a pointer to one can then be understood. */
function comparable(config: JsonObject): JsonValue {
  // The first route that matches wins.
  const canonical = listsByPosition(canonicalOf(config), new Set(['routes'])) as JsonObject;
  return Object.fromEntries(Object.entries(canonical).map(([field, value]) => [field, byName(field, value)]));
}

function canonicalOf(config: JsonObject): JsonObject {
  const canonical = canonicalConfig({ config }).config ?? {};
  return isJsonObject(canonical) ? canonical : {};
}

const named: readonly string[] = ['receivers', 'time_intervals', 'mute_time_intervals'];

function byName(field: string, value: JsonValue): JsonValue {
  if (!named.includes(field) || !Array.isArray(value)) return value;
  return Object.fromEntries(value.map((entry) => [isJsonObject(entry) ? String(entry.name) : '', entry]));
}

const maps: ReadonlySet<string> = new Set([...named, 'routes', 'match', 'match_re', 'source_match', 'target_match']);

/** Fields that Alertmanager prints only when somebody wrote them, or whose defaults the canonical form leaves out. */
const told: ReadonlySet<string> = new Set([
  ...['route', 'routes', 'receivers', 'inhibit_rules', 'time_intervals', 'mute_time_intervals', 'templates'],
  ...['matchers', 'group_by', 'continue', 'active_time_intervals', 'group_wait', 'group_interval', 'repeat_interval'],
  ...['webhook_configs', 'email_configs', 'wechat_configs', 'slack_configs', 'pagerduty_configs', 'opsgenie_configs'],
  ...['source_matchers', 'target_matchers', 'equal', 'receiver'],
]);

function lastLoadMs(metrics: string): number | null {
  const seconds = /^alertmanager_config_last_reload_success_timestamp_seconds (\S+)$/m.exec(metrics)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

/**
 * No API shows the templates that were loaded, so the time of their files has to do. It goes in steps of some
 * milliseconds, in which a change right after a load is not seen.
 */
async function templatesSince(directory: string, loadedMs: number | null): Promise<readonly string[]> {
  if (loadedMs === null) return [];
  const files = await listFiles(directory, templatesFolder);
  const changed = await Promise.all(
    files.map(async (file) => {
      const { mtimeMs } = await stat(path.join(directory, file));
      // The clock of another machine, which has the files, may be ahead.
      return mtimeMs > loadedMs && Math.floor(mtimeMs) <= Date.now() ? [file] : [];
    }),
  );
  return changed.flat();
}

/** What a server goes on with whose files are gone. */
export async function describeRunning(client: HttpClient): Promise<string> {
  const { receivers } = await loadedConfig(client);
  return counted(Array.isArray(receivers) ? receivers.length : 0, 'receiver');
}
