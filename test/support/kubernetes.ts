import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Cluster, type ClusterUser, startCluster } from '../../tools/kubernetes/cluster.ts';
import { buildApiServer, obstacleToBuild } from '../../tools/kubernetes/kube-apiserver.ts';
import { realPrograms } from './programs.ts';

const etcd = realPrograms(['etcd']);
const obstacles = [await buildOnce(), etcd.available ? null : 'etcd is not installed'].filter((one) => one !== null);

/** Builds the server the first time that any test needs it: some minutes, then never again. Null, or what is in the way. */
async function buildOnce(): Promise<string | null> {
  const obstacle = obstacleToBuild();
  if (obstacle !== null) return obstacle;
  try {
    await buildApiServer((line) => console.log(line));
    return null;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    // What does not compile is a failure; where there is no registry of modules, there is nothing to compile.
    const missing =
      /^.*(?:dial tcp|no such host|i\/o timeout|403 Forbidden|404 Not Found|module lookup disabled).*$/m.exec(said);
    if (missing === null) throw cause;
    return `its modules cannot be had: ${missing[0].trim()}`;
  }
}

/** Whether a real API server can be had here. */
export const kubernetes = {
  available: obstacles.length === 0,
  /** The title of a suite that is skipped where there is none: it then says why. */
  title: (title: string) => (obstacles.length === 0 ? title : `${title} (skipped: ${obstacles.join(', ')})`),
};

export interface TestCluster extends Cluster {
  /** Makes a namespace that no other test has. */
  newNamespace(): Promise<string>;
  /** File with a kubeconfig of a user. */
  kubeconfigFile(user: ClusterUser): Promise<string>;
}

/** One API server for the tests of a suite, started before them and stopped after. */
export function clusterForSuite(flags: readonly string[] = []): () => TestCluster {
  let cluster: TestCluster | null = null;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-cluster-'));
    const apiServer = await buildApiServer((line) => console.log(line));
    cluster = withNamespaces(await startCluster({ apiServer, etcd: etcd.path('etcd'), folder, flags }), folder);
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (cluster === null) throw new Error('Bug: the cluster is asked for before the tests begin.');
    return cluster;
  };
}

function withNamespaces(cluster: Cluster, folder: string): TestCluster {
  let count = 0;
  return {
    ...cluster,
    async newNamespace() {
      count += 1;
      const name = `test-${count}`;
      const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      const { status } = await cluster.call('POST', '/api/v1/namespaces', body);
      if (status !== 201) throw new Error(`The namespace ${name} could not be made: status ${status}.`);
      return name;
    },
    async kubeconfigFile(user) {
      const file = join(folder, `${user}.kubeconfig`);
      await writeFile(file, cluster.kubeconfig(user));
      return file;
    },
  };
}
