import { Failure } from '../../diagnostics/index.ts';
import { type HttpClient, openServer, readEndpointSettings } from '../../host/http/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import type { Repository } from '../contract.ts';
import type { SecretResolver } from '../secrets.ts';
import type { SeenTarget } from './agent.ts';

/** What one Prometheus says of its targets, or why nobody knows. */
export type Seen =
  | { readonly targets: readonly SeenTarget[]; readonly reason: null }
  | { readonly targets: null; readonly reason: string };

export interface SeenRequest {
  readonly repository: Repository;
  readonly secrets: SecretResolver;
  readonly signal: AbortSignal;
  /** How long one answer may take, where the binding does not say less. */
  readonly timeoutMs: number;
}

/** Two questions to the Prometheus of a stack: its targets, and the versions of what answers there. */
export async function seenTargets(stack: string, request: SeenRequest): Promise<Seen> {
  const { repository, secrets, signal, timeoutMs } = request;
  const binding = repository.bindings.targets.find((entry) => entry.stack === stack && entry.target === 'prometheus');
  if (binding === undefined) return unknown(`the environment does not bind the prometheus of ${stack}`);
  const settings = readEndpointSettings(binding.settings);
  const limited = { ...settings, timeoutMs: Math.min(settings.timeoutMs, timeoutMs) };
  const server = openServer(limited, { resolveSecret: secrets, signal });
  if (server === null) return unknown(`the binding of the prometheus of ${stack} has no url`);
  try {
    return await ask(server.client);
  } catch (cause) {
    if (!(cause instanceof Failure) || signal.aborted) throw cause;
    return unknown(`${cause.diagnostic.summary}: ${cause.diagnostic.detail.replace(/\.$/, '')}`);
  }
}

// otelcol has no `*_build_info`; its version is a label of its own metrics.
const versions = '{__name__=~".+_build_info|otelcol_process_uptime(_seconds)?(_total)?"}';

async function ask(client: HttpClient): Promise<Seen> {
  const query = `/api/v1/query?query=${encodeURIComponent(versions)}`;
  const [targets, infos] = await Promise.all([client.json('/api/v1/targets?state=active'), client.json(query)]);
  const active = listIn(dataOf(targets), 'activeTargets');
  const samples = listIn(dataOf(infos), 'result');
  if (active === null || samples === null) return unknown('the server answers with something else than its targets');
  const known = Map.groupBy(samples.flatMap(versionOf), ({ job, instance }) => `${job} ${instance}`);
  return { targets: active.flatMap((target) => targetOf(target, known)), reason: null };
}

interface KnownVersion {
  readonly job: string;
  readonly instance: string;
  readonly metric: string;
  readonly version: string;
}

function versionOf(sample: JsonObject): readonly KnownVersion[] {
  const labels = textsIn(sample.metric);
  const { __name__: metric = '', job = '', instance = '' } = labels;
  const version = labels.version ?? labels.service_version;
  if (version === undefined) return [];
  return [{ job, instance, metric, version }];
}

function targetOf(target: JsonObject, known: ReadonlyMap<string, readonly KnownVersion[]>): readonly SeenTarget[] {
  const labels = textsIn(target.labels);
  const job = String(target.scrapePool ?? labels.job ?? '');
  const lastScrape = String(target.lastScrape ?? '');
  const infos = known.get(`${labels.job ?? job} ${labels.instance ?? ''}`) ?? [];
  return [
    {
      job,
      labels,
      scrapeUrl: String(target.scrapeUrl ?? ''),
      health: target.health === 'up' || target.health === 'down' ? target.health : 'unknown',
      lastError: String(target.lastError ?? ''),
      // The zero of its clock: discovered, and not scraped yet.
      lastScrape: lastScrape === '' || lastScrape.startsWith('0001-') ? null : lastScrape,
      versions: Object.fromEntries(infos.map(({ metric, version }) => [metric, version])),
    },
  ];
}

function dataOf(answer: unknown): JsonObject | null {
  const value = answer as JsonValue;
  return isJsonObject(value) && value.status === 'success' && isJsonObject(value.data) ? value.data : null;
}

function listIn(data: JsonObject | null, name: string): readonly JsonObject[] | null {
  const list = data?.[name];
  return Array.isArray(list) ? (list as readonly JsonValue[]).filter(isJsonObject) : null;
}

function textsIn(value: JsonValue | undefined): Readonly<Record<string, string>> {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {};
}

function unknown(reason: string): Seen {
  return { targets: null, reason };
}
