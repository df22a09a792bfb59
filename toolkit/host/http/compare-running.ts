import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient } from './client.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import type { Server } from './server.ts';

type Compared =
  | { readonly state: 'as-placed' }
  | { readonly state: 'behind'; readonly differences: readonly string[]; readonly isLoadable: boolean }
  | { readonly state: 'not-answering'; readonly reason: string };

/** Asks a server how what it runs differs from its files. Without a url there is nobody to ask. */
export async function compareRunning(
  settings: EndpointSettings,
  server: Server | null,
  differencesSeen: (client: HttpClient) => Promise<readonly string[]>,
): Promise<Compared> {
  if (server === null) return { state: 'as-placed' };
  try {
    const differences = await differencesSeen(server.client);
    if (differences.length === 0) return { state: 'as-placed' };
    return { state: 'behind', differences, isLoadable: settings.reload === 'http' };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return { state: 'not-answering', reason: `${cause.diagnostic.summary}. ${cause.diagnostic.detail}` };
  }
}
