import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient } from '../../host/http/index.ts';
import type { ApiMatcher, ApiSilence } from '../../languages/alert-routing/index.ts';
import { isJsonObject, type JsonValue } from '../../model/index.ts';
import { alertmanagerDiagnostics } from './diagnostics.ts';
import type { LiveSilence } from './silence.ts';

const silencesPath = '/api/v2/silences';

/** All that Alertmanager has and that have not expired. */
export async function liveSilences(client: HttpClient): Promise<readonly LiveSilence[]> {
  const answer = (await client.json(silencesPath)) as JsonValue;
  if (!Array.isArray(answer)) {
    const facts = { url: client.base + silencesPath, reason: 'it is no list of silences' };
    throw new Failure(alertmanagerDiagnostics.create('strange-answer', facts));
  }
  return answer.flatMap((entry) => {
    const silence = readSilence(entry);
    return silence === null || silence.state === 'expired' ? [] : [silence];
  });
}

/** Alertmanager's answer: the id, or why it takes none such. */
export async function postSilence(
  client: HttpClient,
  silence: ApiSilence,
): Promise<{ readonly id: string } | { readonly refused: string }> {
  const { status, body } = await client.request(silencesPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(silence),
  });
  if (status >= 200 && status < 300) return { id: (JSON.parse(body) as { readonly silenceID: string }).silenceID };
  return { refused: reasonIn(body, status) };
}

/** One that has expired already is as it should be. */
export async function expireSilence(client: HttpClient, id: string): Promise<void> {
  await client.request(`/api/v2/silence/${id}`, { method: 'DELETE' });
}

function readSilence(entry: JsonValue): LiveSilence | null {
  if (!isJsonObject(entry) || !Array.isArray(entry.matchers)) return null;
  const status = isJsonObject(entry.status) ? entry.status.state : undefined;
  return {
    id: String(entry.id),
    matchers: entry.matchers as unknown as readonly ApiMatcher[],
    startsAt: String(entry.startsAt),
    endsAt: String(entry.endsAt),
    updatedAt: String(entry.updatedAt),
    createdBy: String(entry.createdBy ?? ''),
    comment: String(entry.comment ?? ''),
    state: status === 'pending' || status === 'active' ? status : 'expired',
  };
}

function reasonIn(body: string, status: number): string {
  try {
    const said = JSON.parse(body) as unknown;
    if (typeof said === 'string') return said;
    if (typeof said === 'object' && said !== null && 'message' in said) return String(said.message);
  } catch {
    // A proxy in between may answer in anything.
  }
  return `status ${status}`;
}
