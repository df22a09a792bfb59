import { mappingOf, textOf } from '../../languages/kubernetes/index.ts';
import type { ProviderContext, ProviderSession, TargetBinding, TargetIdentity } from '../../model/index.ts';
import { failureOf } from './api-failure.ts';
import { type Cluster, ClusterConnection } from './cluster.ts';
import { loadLibrary } from './cluster-access.ts';
import { discoverObjects } from './discover.ts';
import { waitForHealth } from './health.ts';
import { inspectCluster } from './inspect.ts';
import { observeObjects } from './observe.ts';
import { findObstacles } from './obstacles.ts';
import { removeObject } from './remove-object.ts';
import { tryAs } from './try-as.ts';
import { writeObject } from './write-object.ts';

/** One cluster. An API has nothing to stage: a change is live when it is taken, so there is nothing left to commit. */
export function openSession(binding: TargetBinding, context: ProviderContext): ProviderSession {
  const connection = new ClusterConnection(binding, context);
  // It takes longer to load than all else takes to be compiled; who connects meets what goes wrong.
  void loadLibrary().catch(() => undefined);
  return {
    identify: async () => identify(await connection.open()),
    readMany: async (references) =>
      references.length === 0 ? new Map() : observeObjects(await connection.open(), references),
    compareRunning: async () => ({ state: 'as-placed' }),
    stage: async (change) => {
      const cluster = await connection.open();
      await (change.kind === 'write' ? writeObject(cluster, change) : removeObject(cluster, change.spec));
    },
    commit: async () => ({ accepted: true, note: '' }),
    health: async (references, timeoutMs) =>
      references.length === 0 ? [] : waitForHealth(await connection.open(), references, timeoutMs),
    discover: async (managed) => (managed.length === 0 ? [] : discoverObjects(await connection.open(), managed)),
    findObstacles: async (desired) => (desired.length === 0 ? [] : findObstacles(await connection.open(), desired)),
    trial: { try: async (request) => tryAs(await connection.open(), request) },
    inspect: () => inspectCluster(connection),
    close: () => connection.close(),
  };
}

/** The namespace of the system is as old as the cluster and cannot be deleted: its uid is the cluster's. */
async function identify({ client }: Cluster): Promise<TargetIdentity> {
  const answer = await client.call({ method: 'GET', path: '/api/v1/namespaces/kube-system' });
  const uid = textOf(mappingOf(answer.body.metadata).uid);
  if (answer.status === 200 && uid !== '') return { cluster: uid };
  // Who may not look at it is known by the address alone.
  if (answer.status === 403) return { server: client.server };
  throw failureOf('Namespace kube-system', answer);
}
