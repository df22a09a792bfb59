import { accepted, refused, type Verdict } from '../file-set/activation.ts';
import type { HttpClient } from './client.ts';

/** Asks a program of the Prometheus family to read its files again. It answers when it has, or says why it did not. */
export async function reload(client: HttpClient, program: string): Promise<Verdict> {
  const { status, body } = await client.request('/-/reload', { method: 'POST' });
  const said = body.trim();
  if (status >= 200 && status < 300) return accepted('reloaded');
  if (status === 401 || status === 403 || status === 404 || status === 405) {
    const why = said === '' ? `status ${status}` : `status ${status}, ${said}`;
    return refused(`${program} does not take the reload (${why}). It needs --web.enable-lifecycle, or a credential.`);
  }
  return refused(`${program} refused to load the new files: ${said === '' ? `status ${status}` : said}.`);
}
