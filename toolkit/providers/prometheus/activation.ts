import path from 'node:path';
import {
  type Activation,
  accepted,
  type ChangedFiles,
  readFiles,
  refused,
  type Verdict,
} from '../../host/file-set/index.ts';
import { activationByReload, type HttpClient, type Server } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { type LoadedGroup, loadedConfig, loadedGroups } from './api.ts';
import { missingFrom } from './compare-config.ts';
import { configFile } from './config.ts';
import { checkWithPromtool } from './promtool.ts';
import { isNamedAsRules, isRules } from './rules.ts';
import type { PrometheusSettings } from './settings.ts';

/** Checks with promtool, reloads, and looks in the API whether what lies in the directory is what is loaded. */
export function makeActivation(settings: PrometheusSettings, server: Server | null, signal: AbortSignal): Activation {
  return {
    check: (directory) => checkWithPromtool(directory, settings, signal),
    ...activationByReload({
      program: 'Prometheus',
      settings,
      mainFile: path.join(settings.directory, configFile),
      server,
      verify: (client, changed) => verifyLoaded(settings.directory, client, changed),
    }),
  };
}

async function verifyLoaded(directory: string, client: HttpClient, changed: ChangedFiles): Promise<Verdict> {
  const config = await configOnDisk(directory);
  if (config !== null) {
    const missing = missingFrom(await loadedConfig(client), config);
    if (missing !== null) return refused(otherServer(client, missing));
  }
  const problem = ruleProblem(await loadedGroups(client), config, changed);
  return problem === null ? accepted('reloaded and seen live') : refused(problem);
}

export async function configOnDisk(directory: string): Promise<JsonObject | null> {
  const read = await readConfig(directory);
  return read.state === 'mapping' ? read.config : null;
}

type ConfigOnDisk =
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable' }
  | { readonly state: 'mapping'; readonly config: JsonObject };

export async function readConfig(directory: string): Promise<ConfigOnDisk> {
  const reading = (await readFiles(directory, [configFile])).get(configFile);
  if (reading === undefined || reading.state === 'absent') return { state: 'absent' };
  if (reading.state !== 'text') return { state: 'unreadable' };
  const read = readYamlMapping(reading.text, configFile);
  return read.kind === 'mapping' ? { state: 'mapping', config: read.value } : { state: 'unreadable' };
}

function otherServer(client: HttpClient, missing: string): string {
  return (
    `Prometheus at ${client.base} has reloaded, and ${missing} of ${configFile} is not in the configuration that it ` +
    'uses. The url and the directory of the binding may belong to two servers.'
  );
}

function ruleProblem(groups: readonly LoadedGroup[], config: JsonObject | null, changed: ChangedFiles): string | null {
  const isLoaded = (file: string) => groups.some((group) => group.file.endsWith(`/${file}`));
  const missing = changed.written.filter((file) => isNamedAsRules(file, config) && !isLoaded(file));
  if (missing.length > 0) return `Prometheus has reloaded, and has no rule group from ${missing.join(', ')}.`;
  const left = changed.removed.filter((file) => isRules(file) && isLoaded(file));
  return left.length === 0 ? null : `Prometheus has reloaded, and still has the rules from ${left.join(', ')}.`;
}
