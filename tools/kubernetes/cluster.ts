import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An API server with its store, and nothing besides: no controllers, no kubelet. */
export interface Cluster {
  readonly url: string;
  /** Text of a kubeconfig for one of its users. `admin` may do all; any other has what a role binding gives. */
  kubeconfig(user: ClusterUser): string;
  /** File with the kubeconfig of `admin`. */
  readonly adminFile: string;
  /** Certificate of the server, which is its own authority. */
  readonly certificateFile: string;
  /** A call as `admin`, or as another user; gives status and answer. */
  call(method: string, path: string, body?: object, wishes?: CallWishes): Promise<ClusterAnswer>;
  /** Ends the API server at once, as a machine that fails does. Its store goes on. */
  killServer(): Promise<void>;
  /** Starts the API server again, on the same port. */
  startServer(): Promise<void>;
  stop(): Promise<void>;
}

export type ClusterUser = 'admin' | 'operator' | 'nobody';

export interface CallWishes {
  readonly user?: ClusterUser;
  readonly contentType?: string;
}

export interface ClusterAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API in a test, looked at field by field.
  readonly body: any;
}

export interface ClusterStart {
  readonly apiServer: string;
  readonly etcd: string;
  /** Empty folder of the caller's, who removes it. */
  readonly folder: string;
  readonly flags?: readonly string[];
}

export async function startCluster({ apiServer, etcd, folder, flags = [] }: ClusterStart): Promise<Cluster> {
  const [port, clients, peers] = [await freePort(), await freePort(), await freePort()];
  await writeCredentials(folder);
  const store = start(etcd, etcdFlags(folder, clients, peers));
  const url = `https://127.0.0.1:${port}`;
  let server: Started | null = null;
  const cluster: Cluster = {
    url,
    adminFile: join(folder, 'admin.kubeconfig'),
    certificateFile: join(folder, 'certificates/apiserver.crt'),
    kubeconfig: (user) => kubeconfigOf(url, folder, user),
    call: (method, path, body, wishes = {}) => call(url, folder, method, path, body, wishes),
    killServer: async () => {
      await server?.end('SIGKILL');
      server = null;
    },
    startServer: async () => {
      server = start(apiServer, [...serverFlags(folder, port, clients), ...flags]);
      await untilReady(cluster, server);
    },
    stop: async () => {
      await server?.end('SIGTERM');
      await store.end('SIGTERM');
    },
  };
  try {
    await cluster.startServer();
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  await writeFile(cluster.adminFile, cluster.kubeconfig('admin'));
  return cluster;
}

/** Users by their tokens; only `admin` is in the group that may do all. */
async function writeCredentials(folder: string): Promise<void> {
  await mkdir(join(folder, 'certificates'), { recursive: true });
  const users = ['admin-token,admin,1,"system:masters"', 'operator-token,operator,2', 'nobody-token,nobody,3'];
  await writeFile(join(folder, 'tokens.csv'), `${users.join('\n')}\n`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(join(folder, 'accounts.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
}

function etcdFlags(folder: string, clients: number, peers: number): readonly string[] {
  const [clientUrl, peerUrl] = [clients, peers].map((port) => `http://127.0.0.1:${port}`);
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ];
}

function serverFlags(folder: string, port: number, etcd: number): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'accounts.key')}`,
    `--service-account-signing-key-file=${join(folder, 'accounts.key')}`,
    // Nobody makes the account that it would wait for.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

function kubeconfigOf(url: string, folder: string, user: ClusterUser): string {
  const authority = readFileSync(join(folder, 'certificates/apiserver.crt')).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: url, 'certificate-authority-data': authority } }],
    users: [{ name: user, user: { token: `${user}-token` } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user } }],
    'current-context': 'test',
  });
}

async function untilReady(cluster: Cluster, server: Started): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (server.hasEnded()) break;
    const answer = await cluster.call('GET', '/readyz').catch(() => null);
    // Without its own namespace nobody can tell which cluster it is.
    const system = answer?.status === 200 ? await cluster.call('GET', '/api/v1/namespaces/kube-system') : null;
    if (system?.status === 200) return;
    await sleep(50);
  }
  await server.end('SIGKILL');
  throw new Error(`The API server did not get ready. It said:\n${server.output().slice(-4000)}`);
}

function call(
  url: string,
  folder: string,
  method: string,
  path: string,
  body: object | undefined,
  { user = 'admin', contentType = 'application/json' }: CallWishes,
): Promise<ClusterAnswer> {
  const headers = { authorization: `Bearer ${user}-token`, 'content-type': contentType, accept: 'application/json' };
  return new Promise((resolve, reject) => {
    const ca = readFileSync(join(folder, 'certificates/apiserver.crt'));
    const sent = request(`${url}${path}`, { method, headers, ca, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('error', reject);
      answer.once('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : text });
      });
    });
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

interface Started {
  output(): string;
  hasEnded(): boolean;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

function start(program: string, args: readonly string[]): Started {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  // A run that is cut off must not leave it running.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => said.push(part));
  child.once('error', (error) => said.push(Buffer.from(error.message)));
  return {
    output: () => Buffer.concat(said).toString('utf8'),
    hasEnded: () => hasEnded(child),
    end: (signal) => end(child, signal),
  };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('Bug: a listening server has no port.');
  return address.port;
}
