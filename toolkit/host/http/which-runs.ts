import { Failure } from '../../diagnostics/index.ts';
import type { HttpClient } from './client.ts';
import type { Server } from './server.ts';

/** What a server runs of an object that was changed in place. */
type Side = 'found' | 'applied' | 'neither' | 'not-known';

/** Asks a server of each object, and knows nothing where it does not answer. */
export async function whichRuns<Key, Reference extends { readonly address: Key }>(
  server: Server | null,
  references: readonly Reference[],
  ask: (client: HttpClient) => Promise<(reference: Reference) => Side>,
): Promise<ReadonlyMap<Key, Side>> {
  const sideOf = server === null ? unknown : await ask(server.client).catch(unanswered);
  return new Map(references.map((reference) => [reference.address, sideOf(reference)]));
}

/** Where a server shows no difference to either, it does not show what was changed. */
export function sideOf(runs: { readonly found: boolean; readonly applied: boolean }): Side {
  if (runs.found) return runs.applied ? 'not-known' : 'found';
  return runs.applied ? 'applied' : 'neither';
}

function unknown(): Side {
  return 'not-known';
}

function unanswered(cause: unknown): () => Side {
  if (!(cause instanceof Failure)) throw cause;
  return unknown;
}
