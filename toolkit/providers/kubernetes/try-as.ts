import type { JsonObject, TrialAnswer, TrialRequest } from '../../model/index.ts';
import type { ApiCall } from './api-client.ts';
import type { Cluster } from './cluster.ts';

/** A request as somebody else, who must not be able to change anything by it. */
export async function tryAs({ client }: Cluster, request: TrialRequest): Promise<TrialAnswer> {
  const { status, body } = await client.call(asCall(request));
  return { status, body: body as JsonObject };
}

/** Exported for its test: that nothing is changed hangs on it. */
export function asCall({ as, method, path, body }: TrialRequest): ApiCall {
  return {
    method,
    path: method === 'GET' || isQuestion(method, path) ? path : rehearsed(path),
    ...(body === undefined ? {} : { body }),
    ...(method === 'PATCH' ? { contentType: 'application/merge-patch+json' } : {}),
    // What others may read is found out without reading it: names come, and no contents.
    ...(as !== null && method === 'GET' ? { accept: namesOnly } : {}),
    ...(as === null
      ? {}
      : {
          headers: {
            'Impersonate-User': as.name,
            ...(as.groups.length > 0 && { 'Impersonate-Group': [...as.groups] }),
          },
        }),
  };
}

const partial = ['PartialObjectMetadataList', 'PartialObjectMetadata'];
const namesOnly = partial.map((kind) => `application/json;as=${kind};g=meta.k8s.io;v=v1`).join(',');

/** Reviews of access are asked by sending them; the server keeps nothing of it. */
function isQuestion(method: string, path: string): boolean {
  return method === 'POST' && /^\/apis\/(authorization|authentication)\.k8s\.io\/v1\/[a-z]+reviews$/.test(path);
}

/** Whatever the query said of it before. */
function rehearsed(path: string): string {
  const [plain = '', query = ''] = path.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('dryRun', 'All');
  return `${plain}?${parameters}`;
}
