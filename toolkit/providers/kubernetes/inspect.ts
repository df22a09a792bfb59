import { Failure } from '../../diagnostics/index.ts';
import { textOf } from '../../languages/kubernetes/index.ts';
import type { TargetCheck } from '../../model/index.ts';
import type { ClusterConnection } from './cluster.ts';

/** For somebody who asks why it does not work. */
export async function inspectCluster(connection: ClusterConnection): Promise<readonly TargetCheck[]> {
  try {
    const { client } = await connection.open();
    const [version, ready] = await Promise.all([
      client.call({ method: 'GET', path: '/version' }),
      client.call({ method: 'GET', path: '/readyz' }),
    ]);
    const server = `Kubernetes ${textOf(version.body.gitVersion) || 'of an unknown version'} at ${client.server}`;
    if (ready.status === 200 || ready.status === 403)
      return [
        { subject: 'server', status: 'ok', detail: `${server}${ready.status === 200 ? ', ready' : ''}`, remedy: null },
      ];
    const detail = `${server} answers and is not ready (status ${ready.status})`;
    return [{ subject: 'server', status: 'problem', detail, remedy: 'See what /readyz?verbose says.' }];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { summary, detail, hint } = error.diagnostic;
    return [{ subject: 'server', status: 'problem', detail: `${summary}. ${detail}`, remedy: hint ?? null }];
  }
}
