import { counted, Failure } from '../../diagnostics/index.ts';
import { readFiles } from '../../host/file-set/index.ts';
import { type HttpClient, sideOf } from '../../host/http/index.ts';
import { readYamlMapping } from '../../languages/yaml/index.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ObjectReference,
  type RunningSide,
} from '../../model/index.ts';
import { sayDifferences } from '../../model/say-differences.ts';
import { exporterDiagnostics } from './diagnostics.ts';
import { canonicalModules, type ExporterProgram } from './programs.ts';

/**
 * How what the exporter runs differs from its file, each in a sentence. One that does not show what it runs has no
 * difference that could be seen. Secrets are shown as `<secret>`, so a changed one is not seen either.
 */
export async function differencesFromRunning(
  program: ExporterProgram,
  directory: string,
  client: HttpClient,
): Promise<readonly string[]> {
  const { file, title, showsConfig } = program;
  if (!showsConfig) return [];
  const reading = (await readFiles(directory, [file])).get(file);
  const read = reading?.state === 'text' ? readYamlMapping(reading.text, file) : null;
  if (read?.kind !== 'mapping') return [`${file} cannot be read, so ${title} cannot have loaded it.`];
  return differencesOf(program, await loadedConfig(client), program.read(read.value));
}

/** Whether the exporter runs its changed file, what was applied, or neither; nobody knows of one that does not show it. */
export async function exporterSide(
  program: ExporterProgram,
  directory: string,
  client: HttpClient,
): Promise<(reference: ObjectReference) => RunningSide> {
  const { file, showsConfig } = program;
  if (!showsConfig) return () => 'not-known';
  const [running, readings] = await Promise.all([loadedConfig(client), readFiles(directory, [file])]);
  const reading = readings.get(file);
  const read = reading?.state === 'text' ? readYamlMapping(reading.text, file) : null;
  const isRun = (modules: JsonObject) => differencesOf(program, running, modules).length === 0;
  return ({ spec }) =>
    sideOf({ found: read?.kind === 'mapping' && isRun(program.read(read.value)), applied: isRun(spec) });
}

function differencesOf(program: ExporterProgram, running: JsonObject, modules: JsonObject): readonly string[] {
  const { file, title } = program;
  const [printed, written] = [comparable(program, program.read(running)), comparable(program, modules)];
  return sayDifferences({ printed, written, fields: { told, maps }, file, runner: title });
}

/** What an exporter goes on with whose file is gone; one that does not show it is only seen to answer. */
export async function describeRunning(
  { showsConfig, readyPath }: ExporterProgram,
  client: HttpClient,
): Promise<string> {
  if (!showsConfig) {
    await client.text(readyPath);
    return 'it does not show what that is';
  }
  const { modules } = await loadedConfig(client);
  return counted(isJsonObject(modules) ? Object.keys(modules).length : 0, 'module');
}

const maps: ReadonlySet<string> = new Set(['modules']);
/** Fields that the exporter prints only when somebody wrote them. */
const told: ReadonlySet<string> = new Set(['walk', 'get', 'metrics', 'lookups', 'indexes', 'username']);

async function loadedConfig(client: HttpClient): Promise<JsonObject> {
  const read = readYamlMapping(await client.text('/config'), 'config');
  if (read.kind === 'mapping') return read.value;
  const facts = { url: `${client.base}/config`, reason: read.reason };
  throw new Failure(exporterDiagnostics.create('strange-answer', facts));
}

function comparable(program: ExporterProgram, modules: JsonObject): JsonObject {
  return maskSecrets(canonicalModules(program, modules)) as JsonObject;
}

const secretFields: readonly string[] = ['community', 'password', 'priv_password'];

function maskSecrets(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, secretFields.includes(name) ? '<secret>' : maskSecrets(child)]),
  );
}
