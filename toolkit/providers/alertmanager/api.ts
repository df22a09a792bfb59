import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import { alertmanagerDiagnostics } from './diagnostics.ts';

const statusPath = '/api/v2/status';

/** The loaded configuration, as Alertmanager prints it: every default filled in, secrets hidden. */
export async function loadedConfig(client: HttpClient): Promise<JsonObject> {
  const status = (await client.json(statusPath)) as JsonValue;
  const config = isJsonObject(status) ? status.config : undefined;
  const original = isJsonObject(config) ? config.original : undefined;
  const read = readYamlMapping(String(original), 'status');
  if (read.kind === 'mapping') return read.value;
  const facts = { url: client.base + statusPath, reason: read.reason };
  throw new Failure(alertmanagerDiagnostics.create('strange-answer', facts));
}
