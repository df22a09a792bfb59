import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Cluster, startCluster } from '../../kubernetes/cluster.ts';
import { buildApiServer, obstacleToBuild } from '../../kubernetes/kube-apiserver.ts';
import { startSlowLine } from '../../kubernetes/slow-line.ts';
import { findProgram } from '../../programs.ts';
import { compared, notMeasured, type Result, timed } from '../result.ts';
import type { Program } from '../run-program.ts';
import { opsctl } from '../synthetic.ts';
import { medianSeconds, type TimedRun, timeRun, timeRuns } from '../timed-run.ts';
import { type Bench, count, type Section } from './section.ts';

const objects = 1_000;
const budgets = { applyLead: 5, driftLead: 2 };
const work = {
  apply: `apply of ${count(objects)} new objects of a cluster`,
  drift: `drift of ${count(objects)} unchanged objects of a cluster`,
};

/** As many objects by both programs into one real API server, each in a namespace of its own. */
export const kubernetes: Section = {
  name: 'kubernetes',
  async run(bench) {
    const etcd = findProgram('etcd');
    const obstacle = obstacleToBuild() ?? (etcd === undefined ? 'etcd is not installed' : null) ?? kubectlObstacle();
    if (obstacle !== null || etcd === undefined)
      return Object.values(work).map((name) => notMeasured(name, `${obstacle}.`));
    const folder = join(bench.folder, 'kubernetes');
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, 'cluster'), { recursive: true });
    const apiServer = await buildApiServer(bench.say);
    const cluster = await startCluster({ apiServer, etcd, folder: join(folder, 'cluster') });
    try {
      return await measure(bench, folder, cluster);
    } finally {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function kubectlObstacle(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => existsSync(join(folder, 'kubectl'))) ? null : 'kubectl is not on PATH';
}

/** There and back, as between two sites of a company. */
const roundTripMs = 40;

async function measure(bench: Bench, folder: string, cluster: Cluster): Promise<readonly Result[]> {
  for (const namespace of ['own', 'peer']) await makeNamespace(cluster, namespace);
  await writeFile(join(folder, 'peer.json'), JSON.stringify(listOf('peer')));
  const near = await compare(bench, folder, cluster, { where: '', kubeconfig: cluster.adminFile });
  const line = await startSlowLine(Number(new URL(cluster.url).port), roundTripMs / 2);
  try {
    const kubeconfig = join(folder, 'far.kubeconfig');
    const text = cluster.kubeconfig('admin').replaceAll(cluster.url, `https://127.0.0.1:${line.port}`);
    await writeFile(kubeconfig, text);
    const where = `, ${roundTripMs} ms away`;
    const once = { ...bench, runs: Math.min(2, bench.runs), peerRuns: 1 };
    return [...near, ...(await compare(once, folder, cluster, { where, kubeconfig }))];
  } finally {
    await line.stop();
  }
}

interface Way {
  /** End of a title. */
  readonly where: string;
  readonly kubeconfig: string;
}

async function compare(
  { runs, peerRuns, say }: Bench,
  folder: string,
  cluster: Cluster,
  { where, kubeconfig }: Way,
): Promise<readonly Result[]> {
  await writeContent(folder, kubeconfig);
  say(`opsctl apply and drift, ${count(objects)} objects${where}`);
  const own = {
    apply: await timeRuns(opsctl(folder, 'apply', '--yes'), runs, async () => {
      await rm(join(folder, '.opsctl'), { recursive: true, force: true });
      await empty(cluster, 'own');
    }),
    drift: await timeRuns(opsctl(folder, 'drift'), runs),
  };
  say(`kubectl apply and diff, ${count(objects)} objects${where} (this takes minutes)`);
  const kubectl = (verb: string): Program => ({
    file: 'kubectl',
    args: [`--kubeconfig=${kubeconfig}`, verb, '--server-side', '-f', 'peer.json'],
    cwd: folder,
  });
  const peer = {
    apply: await timeRuns(kubectl('apply'), peerRuns, () => empty(cluster, 'peer')),
    drift: await timeRuns(kubectl('diff'), peerRuns),
  };
  return [
    timed(`opsctl: ${work.apply}${where}`, own.apply, null),
    timed(`opsctl: ${work.drift}${where}`, own.drift, null),
    timed(`kubectl apply --server-side: ${count(objects)} new objects${where}`, peer.apply, null),
    timed(`kubectl diff --server-side: ${count(objects)} unchanged objects${where}`, peer.drift, null),
    ahead(`${work.apply}${where}: opsctl ahead of kubectl`, own.apply, peer.apply, budgets.applyLead),
    ahead(`${work.drift}${where}: opsctl ahead of kubectl`, own.drift, peer.drift, budgets.driftLead),
  ];
}

function ahead(name: string, own: readonly TimedRun[], peer: readonly TimedRun[], atLeast: number): Result {
  const peerSeconds = medianSeconds(peer);
  return compared(
    name,
    own.map(({ seconds }) => peerSeconds / seconds),
    { kind: 'at-least', value: atLeast },
  );
}

async function makeNamespace(cluster: Cluster, name: string): Promise<void> {
  const { status } = await cluster.call('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
  if (status !== 201) throw new Error(`The namespace ${name} could not be made: status ${status}.`);
}

async function empty(cluster: Cluster, namespace: string): Promise<void> {
  const { status } = await cluster.call('DELETE', `/api/v1/namespaces/${namespace}/configmaps`);
  if (status !== 200) throw new Error(`The objects of ${namespace} could not be deleted: status ${status}.`);
}

/** An organisation whose one stack has a cluster and nothing else. */
async function writeContent(folder: string, kubeconfig: string): Promise<void> {
  const files = {
    'cmdb/organisation/index.ts': `import { defineOrganisation } from 'opsctl';
export default defineOrganisation({
  id: 'bench',
  title: { en: 'Bench', zh: '基准' },
  tiers: [{ id: 'L1', title: { en: 'One', zh: '一' } }],
  sites: [{ id: 'hq', tier: 'L1', title: { en: 'HQ', zh: '总部' }, timeZone: 'Asia/Shanghai' }],
  teams: [{ id: 'ops', tier: 'L1', site: 'hq', title: { en: 'Ops', zh: '运维' }, channels: [{ kind: 'webhook', url: 'https://ops.example/' }] }],
  runbookBase: 'https://runbooks.example',
  catalogue: { classes: [], alerts: [], dashboards: [] },
});
`,
    'stacks/hq.ts': `import { defineKubernetesObject, defineStack } from 'opsctl';
const objects = ${JSON.stringify(listOf('own').items)}.map((manifest) => defineKubernetesObject(manifest));
export default defineStack({ name: 'hq', tier: 'L1', site: 'hq', team: 'ops', targets: ['kubernetes'] }).include(objects);
`,
    'stacks/bindings/bench.yaml': `environment: bench
stacks:
  hq:
    kubernetes: { provider: kubernetes, kubeconfig: ${JSON.stringify(kubeconfig)} }
`,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await timeRun(opsctl(folder, 'validate'));
}

function listOf(namespace: string) {
  const items = Array.from({ length: objects }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `object-${index}`, namespace, labels: { app: 'bench', shard: `s${index % 10}` } },
    data: {
      'settings.json': JSON.stringify({ index, level: index % 7, title: 'A setting of some length' }),
      mode: 'auto',
    },
  }));
  return { apiVersion: 'v1', kind: 'List', items };
}
