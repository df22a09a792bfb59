import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient } from '../../host/http/index.ts';
import { isJsonObject, type JsonValue } from '../../model/index.ts';
import type { Asked, FiringAlert, MetricsSource, Sample, TimeRange } from '../../render-dashboard/index.ts';

/** A Prometheus, or what answers like one. A query that fails is an answer too: the panel says so. */
export function prometheusSource(client: HttpClient, origin: string): MetricsSource {
  const ask = (path: string, parameters: Readonly<Record<string, string>>) => call(client, path, parameters);
  return {
    origin,
    async labelValues(label, match, { fromMs, toMs }) {
      const selected: Readonly<Record<string, string>> = match === null ? {} : { 'match[]': match };
      const answer = await ask(`/api/v1/label/${encodeURIComponent(label)}/values`, {
        start: seconds(fromMs),
        end: seconds(toMs),
        ...selected,
      });
      return then(answer, (data) => (Array.isArray(data) ? data.map(String) : []));
    },
    async query(query, { toMs }) {
      return then(await ask('/api/v1/query', { query, time: seconds(toMs) }), samplesIn);
    },
    async queryRange(query, { fromMs, toMs, stepMs }: TimeRange) {
      const times = { start: seconds(fromMs), end: seconds(toMs), step: seconds(stepMs) };
      return then(await ask('/api/v1/query_range', { query, ...times }), samplesIn);
    },
    async alerts() {
      return then(await ask('/api/v1/alerts', {}), alertsIn);
    },
  };
}

function seconds(ms: number): string {
  return String(ms / 1000);
}

async function call(
  client: HttpClient,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Asked<JsonValue>> {
  const form = new URLSearchParams(parameters).toString();
  const isQuery = path.startsWith('/api/v1/query');
  try {
    // A query of a foreign dashboard may be longer than a URL.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body } = isQuery
      ? await client.request(path, { method: 'POST', headers, body: form })
      : await client.request(`${path}?${form}`);
    return readAnswer(status, body);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return { ok: false, reason: cause.diagnostic.detail };
  }
}

function readAnswer(status: number, body: string): Asked<JsonValue> {
  let answer: JsonValue;
  try {
    answer = JSON.parse(body) as JsonValue;
  } catch {
    return { ok: false, reason: `the server answers ${status} with something that is no JSON` };
  }
  if (isJsonObject(answer) && answer.status === 'success') return { ok: true, value: answer.data ?? null };
  const said = isJsonObject(answer) && typeof answer.error === 'string' ? answer.error : `status ${status}`;
  return { ok: false, reason: said };
}

function then<Value>(answer: Asked<JsonValue>, read: (data: JsonValue) => Value): Asked<Value> {
  return answer.ok ? { ok: true, value: read(answer.value) } : answer;
}

/** Vectors, matrices and scalars alike. */
function samplesIn(data: JsonValue): readonly Sample[] {
  if (!isJsonObject(data) || !Array.isArray(data.result)) return [];
  const result = data.result as readonly JsonValue[];
  if (data.resultType === 'scalar') return [{ labels: {}, points: pointsIn([result]) }];
  return result.flatMap((entry) => {
    if (!isJsonObject(entry) || !isJsonObject(entry.metric)) return [];
    const points = Array.isArray(entry.values) ? entry.values : [entry.value ?? null];
    return [{ labels: entry.metric as Readonly<Record<string, string>>, points: pointsIn(points) }];
  });
}

function pointsIn(points: readonly JsonValue[]): Sample['points'] {
  return points.flatMap((point) => {
    if (!Array.isArray(point)) return [];
    const [time, value] = point as readonly JsonValue[];
    return [[Math.round(Number(time) * 1000), numberOf(String(value))] as const];
  });
}

function numberOf(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

function alertsIn(data: JsonValue): readonly FiringAlert[] {
  const alerts = isJsonObject(data) && Array.isArray(data.alerts) ? (data.alerts as readonly JsonValue[]) : [];
  return alerts.flatMap((alert) => {
    if (!isJsonObject(alert)) return [];
    const labels = textsIn(alert.labels);
    const annotations = textsIn(alert.annotations);
    const sinceMs = Date.parse(String(alert.activeAt));
    return [
      {
        name: labels.alertname ?? '',
        severity: labels.severity ?? '',
        labels,
        state: String(alert.state),
        sinceMs: Number.isNaN(sinceMs) ? null : sinceMs,
        summary: annotations.summary_zh ?? annotations.summary ?? annotations.description ?? '',
      },
    ];
  });
}

function textsIn(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}
