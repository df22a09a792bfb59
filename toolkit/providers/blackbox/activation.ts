import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { type Activation, accepted, readFiles, refused, type Verdict } from '../../host/file-set/index.ts';
import { activationByReload, type HttpClient, type Server } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import { findMissing, type JsonObject } from '../../model/index.ts';
import { canonicalConfig } from './canonical-config.ts';
import { configFile } from './config.ts';
import { blackboxDiagnostics } from './diagnostics.ts';
import { checkWithExporter } from './self-check.ts';
import type { BlackboxSettings } from './settings.ts';

/** Lets the exporter check the file, reloads, and looks whether the file is what is loaded. */
export function makeActivation(settings: BlackboxSettings, server: Server | null, signal: AbortSignal): Activation {
  return {
    check: (directory) => checkWithExporter(directory, settings, signal),
    ...activationByReload({
      program: 'The blackbox exporter',
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
    `The blackbox exporter at ${client.base} has reloaded, and ${difference}. The url and the directory of the ` +
      'binding may belong to two servers.',
  );
}

/** How the file differs from what is loaded, as the end of a sentence; null when it is the same. */
export async function differenceFromLoaded(directory: string, client: HttpClient): Promise<string | null> {
  const reading = (await readFiles(directory, [configFile])).get(configFile);
  if (reading?.state !== 'text') return `there is no ${configFile} that can be read`;
  const written = readYamlMapping(reading.text, configFile);
  if (written.kind === 'unreadable') return `${configFile} cannot be read: ${written.reason}`;
  const missing = findMissing(canonicalConfig(await loadedConfig(client)), canonicalConfig(written.value));
  return missing === null ? null : `${missing} of ${configFile} is not in the configuration that it uses`;
}

export async function loadedConfig(client: HttpClient): Promise<JsonObject> {
  const read = readYamlMapping(await client.text('/config'), 'config');
  if (read.kind === 'mapping') return read.value;
  const facts = { url: `${client.base}/config`, reason: read.reason };
  throw new Failure(blackboxDiagnostics.create('strange-answer', facts));
}
