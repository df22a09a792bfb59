import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Activation, accepted, readFiles, refused, type Verdict } from '../../host/file-set/index.ts';
import { activationByReload, type HttpClient, type Server } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import { findMissing, type JsonObject, type JsonValue } from '../../model/index.ts';
import { checkWithAmtool } from './amtool.ts';
import { loadedConfig } from './api.ts';
import { canonicalConfig } from './canonical-config.ts';
import { configFile } from './config.ts';
import type { AlertmanagerSettings } from './settings.ts';

/** Checks with amtool, reloads, and looks in the API whether the file is what is loaded. */
export function makeActivation(settings: AlertmanagerSettings, server: Server | null, signal: AbortSignal): Activation {
  return {
    check: (directory) => checkWithAmtool(directory, settings, signal),
    ...activationByReload({
      program: 'Alertmanager',
      settings,
      mainFile: path.join(settings.directory, configFile),
      server,
      verify: (client) => verifyLoaded(settings.directory, client),
    }),
  };
}

async function verifyLoaded(directory: string, client: HttpClient): Promise<Verdict> {
  const difference = await differenceFromLoaded(directory, client);
  if (difference === null) return accepted('reloaded and seen live');
  return refused(
    `Alertmanager at ${client.base} has reloaded, and ${difference}. The url and the directory of the binding may ` +
      'belong to two servers.',
  );
}

/** How the file differs from what is loaded, as the end of a sentence; null when it is the same. */
export async function differenceFromLoaded(directory: string, client: HttpClient): Promise<string | null> {
  const reading = (await readFiles(directory, [configFile])).get(configFile);
  if (reading?.state !== 'text') return `there is no ${configFile} that can be read`;
  // The hash is exact where the server has it; what the API prints hides secrets and fills in defaults.
  if (isLoadedByHash(reading.text, await client.text('/metrics'))) return null;
  const written = readYamlMapping(reading.text, configFile);
  if (written.kind === 'unreadable') return `${configFile} cannot be read: ${written.reason}`;
  const missing = findMissing(canonical(await loadedConfig(client)), canonical(written.value));
  return missing === null ? null : `${missing} of ${configFile} is not in the configuration that it uses`;
}

/** Exact where it is true; else the file may still say the same in other bytes. */
export function isLoadedByHash(text: string, metrics: string): boolean {
  return metrics.includes(`alertmanager_config_hash ${hashMetric(text)}\n`);
}

/** As Alertmanager computes it: the first six bytes of the MD5 sum as a little-endian number, printed as Go prints it. */
function hashMetric(text: string): string {
  const value = createHash('md5').update(text).digest().readUIntLE(0, 6);
  const [digits = '', exponent = ''] = value.toExponential().split('e+');
  return Number(exponent) < 21 && value < 1e6 ? String(value) : `${digits}e+${exponent.padStart(2, '0')}`;
}

function canonical(config: JsonObject): JsonValue {
  return canonicalConfig({ config }).config ?? {};
}
