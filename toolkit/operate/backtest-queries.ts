import { Failure } from '../diagnostics/index.ts';
import { chunkGrid, type Labels, labelKey, maxPoints, type SampledSeries, type TimeGrid } from '../history/index.ts';
import { type HttpClient, openServer, readEndpointSettings } from '../host/http/index.ts';
import { isJsonObject, type JsonValue } from '../model/index.ts';
import type { Repository } from './contract.ts';
import type { SecretResolver } from './secrets.ts';

/** A server that keeps samples of the past. */
export interface HistoryServer {
  readonly url: string;
  readonly hasCredential: boolean;
  /** Every series that an expression gives at the moments of a grid. Throws a Failure when the server does not say. */
  range(expression: string, grid: TimeGrid): Promise<readonly SampledSeries[]>;
}

export type OpenedHistory =
  | { readonly server: HistoryServer; readonly reason: null }
  | { readonly server: null; readonly reason: string };

/** A look at weeks takes longer than what a binding grants for a call. */
const leastTimeoutMs = 120_000;
const smallestChunk = 60;

/** The Prometheus of a stack, as its environment binds it. */
export function openHistory(
  { bindings }: Repository,
  stack: string,
  context: { readonly resolveSecret: SecretResolver; readonly signal: AbortSignal },
): OpenedHistory {
  const binding = bindings.targets.find((entry) => entry.stack === stack && entry.target === 'prometheus');
  if (binding === undefined) return { server: null, reason: 'the environment does not bind its prometheus' };
  const settings = readEndpointSettings(binding.settings);
  const opened = openServer({ ...settings, timeoutMs: Math.max(settings.timeoutMs, leastTimeoutMs) }, context);
  if (opened === null || settings.url === null)
    return { server: null, reason: 'the binding of its prometheus has no url' };
  const { client } = opened;
  return {
    server: {
      url: settings.url,
      hasCredential: settings.credential !== null,
      range: (expression, grid) => askInParts(client, expression, grid),
    },
    reason: null,
  };
}

/** A part that is too much for the server is asked in halves, and so are those after it. */
async function askInParts(client: HttpClient, expression: string, grid: TimeGrid): Promise<readonly SampledSeries[]> {
  const found = new Map<string, { readonly labels: Labels; readonly timesMs: number[]; readonly values: number[] }>();
  let points = maxPoints;
  for (let fromMs = grid.fromMs; fromMs <= grid.toMs; ) {
    const [chunk] = chunkGrid({ ...grid, fromMs }, points);
    if (chunk === undefined) break;
    const answer = await askChunk(client, expression, chunk);
    if (answer instanceof Failure) {
      if (points <= smallestChunk) throw answer;
      points = Math.ceil(points / 2);
      continue;
    }
    for (const series of answer) append(found, series);
    fromMs = chunk.toMs + grid.stepMs;
  }
  return [...found.values()];
}

/** The failure where less might be answered; any other is thrown. */
async function askChunk(
  client: HttpClient,
  expression: string,
  grid: TimeGrid,
): Promise<readonly SampledSeries[] | Failure> {
  const { fromMs, toMs, stepMs } = grid;
  const form = {
    query: expression,
    start: String(fromMs / 1000),
    end: String(toMs / 1000),
    step: String(stepMs / 1000),
  };
  try {
    const answer = await client.json('/api/v1/query_range', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    return seriesIn(answer as JsonValue);
  } catch (cause) {
    if (cause instanceof Failure && isTooMuch(cause)) return cause;
    throw cause;
  }
}

const limits = /too many samples|too many points|maximum resolution|timed out|timeout|out of memory|limit/i;

function isTooMuch({ diagnostic }: Failure): boolean {
  if (diagnostic.code === 'http/too-large' || diagnostic.code === 'http/timeout') return true;
  return diagnostic.code === 'http/bad-status' && limits.test(diagnostic.detail);
}

function seriesIn(answer: JsonValue): readonly SampledSeries[] {
  const data = isJsonObject(answer) && answer.status === 'success' ? answer.data : undefined;
  const result = data !== undefined && isJsonObject(data) ? data.result : undefined;
  return Array.isArray(result) ? result.flatMap(oneSeries) : [];
}

function oneSeries(entry: JsonValue): readonly SampledSeries[] {
  if (!isJsonObject(entry) || !isJsonObject(entry.metric ?? null) || !Array.isArray(entry.values)) return [];
  const samples = entry.values as readonly (readonly [number, string])[];
  return [
    {
      labels: entry.metric as Labels,
      timesMs: samples.map(([time]) => Math.round(time * 1000)),
      values: samples.map(([, value]) => numberOf(value)),
    },
  ];
}

function numberOf(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

function append(
  found: Map<string, { readonly labels: Labels; readonly timesMs: number[]; readonly values: number[] }>,
  { labels, timesMs, values }: SampledSeries,
): void {
  const key = labelKey(labels);
  const known = found.get(key) ?? { labels, timesMs: [], values: [] };
  found.set(key, known);
  for (const [index, time] of timesMs.entries()) {
    known.timesMs.push(time);
    known.values.push(values[index] ?? Number.NaN);
  }
}
