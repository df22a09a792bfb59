import { counted } from '../../diagnostics/index.ts';
import { readFiles } from '../../host/file-set/index.ts';
import { type HttpClient, sideOf } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type ObjectReference, type RunningSide } from '../../model/index.ts';
import { sayDifferences } from '../../model/say-differences.ts';
import { loadedConfig } from './activation.ts';
import { canonicalConfig } from './canonical-config.ts';
import { configFile } from './config.ts';

/** How the modules that the exporter runs differ from its file; each in a sentence. */
export async function differencesFromRunning(directory: string, client: HttpClient): Promise<readonly string[]> {
  const [running, readings] = await Promise.all([loadedConfig(client), readFiles(directory, [configFile])]);
  const reading = readings.get(configFile);
  const read = reading?.state === 'text' ? readYamlMapping(reading.text, configFile) : null;
  if (read?.kind !== 'mapping') return [`${configFile} cannot be read, so the exporter cannot have loaded it.`];
  return differencesOf(running, read.value);
}

/** Whether the exporter runs its changed file, what was applied, or neither. */
export async function blackboxSide(
  directory: string,
  client: HttpClient,
): Promise<(reference: ObjectReference) => RunningSide> {
  const [running, readings] = await Promise.all([loadedConfig(client), readFiles(directory, [configFile])]);
  const reading = readings.get(configFile);
  const read = reading?.state === 'text' ? readYamlMapping(reading.text, configFile) : null;
  const isRun = (config: JsonObject) => differencesOf(running, config).length === 0;
  return ({ spec }) => sideOf({ found: read?.kind === 'mapping' && isRun(read.value), applied: isRun(spec) });
}

function differencesOf(running: JsonObject, config: JsonObject): readonly string[] {
  const [printed, written] = [canonicalConfig(running), canonicalConfig(config)];
  return sayDifferences({ printed, written, fields: { told, maps }, file: configFile, runner: 'the exporter' });
}

/** What an exporter goes on with whose file is gone. */
export async function describeRunning(client: HttpClient): Promise<string> {
  const { modules } = await loadedConfig(client);
  return counted(isJsonObject(modules) ? Object.keys(modules).length : 0, 'module');
}

const maps: ReadonlySet<string> = new Set(['modules', 'headers']);

/** Fields that the exporter prints only when somebody wrote them, or whose defaults the canonical form leaves out. */
const told: ReadonlySet<string> = new Set([
  ...['timeout', 'preferred_ip_protocol', 'source_ip_address', 'method', 'valid_status_codes', 'valid_http_versions'],
  ...['headers', 'body', 'fail_if_ssl', 'fail_if_not_ssl', 'fail_if_body_matches_regexp', 'basic_auth', 'bearer_token'],
  ...['fail_if_body_not_matches_regexp', 'insecure_skip_verify', 'server_name', 'query_response', 'payload_size'],
  ...['dont_fragment', 'transport_protocol', 'valid_rcodes', 'dns_over_tls', 'authorization', 'proxy_url'],
]);
