import path from 'node:path';
import { counted } from '../../diagnostics/index.ts';
import { listFiles, readFiles } from '../../host/file-set/index.ts';
import type { HttpClient } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import { readConfig } from './activation.ts';
import { type LoadedGroup, loadedConfig, loadedGroups } from './api.ts';
import { configDifferences } from './compare-config.ts';
import { configFile } from './config.ts';
import { groupDifferences } from './group-differences.ts';
import { canonicalRules, isNamedAsRules, rulesFolder } from './rules.ts';

/** How the configuration and the rules that Prometheus runs differ from the files; each in a sentence. */
export async function differencesFromRunning(
  directory: string,
  client: HttpClient,
  askConfig: () => Promise<JsonObject>,
): Promise<readonly string[]> {
  const [running, groups, written] = await Promise.all([askConfig(), loadedGroups(client), readConfig(directory)]);
  if (written.state !== 'mapping') return [`${configFile} cannot be read, so the server cannot have loaded it.`];
  const { config } = written;
  return [
    ...configDifferences(running, config),
    ...(await ruleDifferences(directory, config, ownGroups(groups, running, config))),
  ];
}

/** Groups of the files that lie in this directory, by the path in it. Patterns may name rules of somebody else, elsewhere. */
function ownGroups(
  groups: readonly LoadedGroup[],
  running: JsonObject,
  written: JsonObject,
): ReadonlyMap<string, readonly LoadedGroup[]> {
  const folders = patternsIn(written)
    .filter((pattern) => path.posix.dirname(pattern) === rulesFolder)
    .flatMap((pattern) => patternsIn(running).filter((one) => one === pattern || one.endsWith(`/${pattern}`)))
    .map((pattern) => path.posix.dirname(pattern));
  const own = groups.filter(({ file }) => folders.includes(path.posix.dirname(file)));
  return Map.groupBy(own, ({ file }) => `${rulesFolder}/${path.posix.basename(file)}`);
}

function patternsIn({ rule_files: patterns }: JsonObject): readonly string[] {
  return Array.isArray(patterns) ? patterns.map((pattern) => path.posix.normalize(String(pattern))) : [];
}

async function ruleDifferences(
  directory: string,
  config: JsonObject,
  running: ReadonlyMap<string, readonly LoadedGroup[]>,
): Promise<readonly string[]> {
  const files = (await listFiles(directory, rulesFolder)).filter((file) => isNamedAsRules(file, config));
  const readings = await readFiles(directory, files);
  const interval = isJsonObject(config.global) ? config.global.evaluation_interval : undefined;
  const gone = [...running.keys()].filter((file) => !files.includes(file));
  return [
    ...files.flatMap((file) => {
      const reading = readings.get(file);
      const groups = reading?.state === 'text' ? groupsIn(reading.text, file) : null;
      if (groups === null) return [`${file} cannot be read, so the server cannot have loaded it.`];
      return groupDifferences(groups, running.get(file) ?? [], String(interval ?? '1m')).map(
        (difference) => `${file}: ${difference}`,
      );
    }),
    ...gone.map((file) => `The server runs the rules of ${file}, which is not there.`),
  ];
}

function groupsIn(text: string, file: string): readonly JsonObject[] | null {
  const read = readYamlMapping(text, file);
  if (read.kind === 'unreadable') return null;
  const groups: JsonValue = read.value.groups ?? [];
  if (!Array.isArray(groups) || !groups.every((group) => isJsonObject(group))) return null;
  return groups.map((group) => canonicalRules({ group }).group as JsonObject);
}

/** What a server goes on with whose files are gone. */
export async function describeRunning(client: HttpClient): Promise<string> {
  const [groups, { scrape_configs: jobs }] = await Promise.all([loadedGroups(client), loadedConfig(client)]);
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  return `${counted(rules, 'rule')}, ${counted(Array.isArray(jobs) ? jobs.length : 0, 'scrape job')}`;
}
