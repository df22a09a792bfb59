import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import { accepted, refused, type Verdict } from '../file-set/activation.ts';
import type { HttpClient } from './client.ts';
import { httpDiagnostics } from './diagnostics.ts';
import { quoteBody } from './quote-body.ts';
import type { HttpAnswer } from './request.ts';

/**
 * Asks a program of the Prometheus family to read its files again. It answers when it has, or says why it did not. One
 * that is still starting is waited for, as long as one call may take.
 */
export async function reload(client: HttpClient, program: string): Promise<Verdict> {
  const { status, body } = await askWhenReady(client);
  const said = quoteBody(body);
  if (status >= 200 && status < 300) return accepted('reloaded');
  if (isNotReady(status)) throw notReady(client, status, said);
  if (status === 401 || status === 403 || status === 404 || status === 405) {
    const why = said === '' ? `status ${status}` : `status ${status}, ${said}`;
    return refused(`${program} does not take the reload (${why}). It needs --web.enable-lifecycle, or a credential.`);
  }
  return refused(`${program} refused to load the new files: ${said === '' ? `status ${status}` : said}.`);
}

const pauseMs = 200;
const path = '/-/reload';

async function askWhenReady(client: HttpClient): Promise<HttpAnswer> {
  const end = Date.now() + client.timeoutMs;
  for (;;) {
    const answer = await client.request(path, { method: 'POST' });
    const leftMs = end - Date.now();
    if (!isNotReady(answer.status) || leftMs <= 0) return answer;
    // An interruption ends the pause, and is told by the call after it.
    await sleep(Math.min(pauseMs, leftMs), undefined, { signal: client.signal }).catch(() => undefined);
  }
}

/** Of a server that starts, or of a proxy before one that is not there. */
function isNotReady(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}

function notReady({ base, timeoutMs }: HttpClient, status: number, said: string): Failure {
  const facts = { method: 'POST', url: `${base}${path}`, status, said, timeoutMs };
  return new Failure(httpDiagnostics.create('not-ready', facts));
}
