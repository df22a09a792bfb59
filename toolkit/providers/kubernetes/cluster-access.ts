import { existsSync } from 'node:fs';
import { Agent as HttpAgent, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { Failure } from '../../diagnostics/index.ts';
import type { ProviderContext } from '../../model/index.ts';
import { kubernetesDiagnostics } from './diagnostics.ts';
import type { ClusterSettings } from './settings.ts';

/** The way into one cluster: its address, and what every call carries. */
export interface ClusterAccess {
  readonly server: string;
  /** Credentials and certificates, through one agent that keeps its connections. `renew`: the former were refused. */
  options(renew?: boolean): Promise<RequestOptions>;
  close(): void;
}

/**
 * Reads the kubeconfig with the client library, which knows every way to log in that kubectl knows. The calls themselves
 * are ours: its own client opens a connection for each, and drops fields of definitions that it has no type for.
 */
export async function openAccess(
  settings: ClusterSettings,
  context: ProviderContext,
  podRoot = '',
): Promise<ClusterAccess> {
  const library = await loadLibrary();
  const config = new library.KubeConfig();
  const source = await readConfig(config, settings, context, podRoot);
  const cluster = chooseContext(config, settings, source);
  let agent: HttpAgent | null = null;
  let options: Promise<RequestOptions> | null = null;
  let validUntilMs = 0;
  return {
    server: cluster.server.replace(/\/+$/, ''),
    options(renew = false) {
      // A token of a login helper is asked for again now and then: the helper knows how long it holds.
      if (options === null || renew || Date.now() > validUntilMs) {
        validUntilMs = Date.now() + credentialsHoldMs;
        options = credentials(config, source).then((found) => {
          agent ??= agentOf(cluster, found);
          return { agent, headers: found.headers ?? {}, ...(found.auth == null ? {} : { auth: found.auth }) };
        });
      }
      return options;
    },
    close: () => agent?.destroy(),
  };
}

const credentialsHoldMs = 30_000;
/** Calls at the same time; more than the engine makes at once would only wait in the server. */
const maxSockets = 32;

export async function loadLibrary() {
  try {
    return await import('@kubernetes/client-node');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(kubernetesDiagnostics.create('library-missing', { reason }), { cause });
  }
}

/** Where the configuration came from, for messages. */
async function readConfig(
  config: KubeConfig,
  { kubeconfig }: ClusterSettings,
  { resolveSecret }: ProviderContext,
  podRoot: string,
): Promise<string> {
  if (kubeconfig === null) {
    if (!hasKubeconfig() && existsSync(`${podRoot}/var/run/secrets/kubernetes.io/serviceaccount/token`))
      return readServiceAccount(config, podRoot);
    const source = read('the kubeconfig of kubectl', () => config.loadFromDefault());
    // What the library makes up where it finds nothing.
    if (config.getCurrentCluster()?.server === 'http://localhost:8080')
      throw unusable(source, 'there is none, neither where KUBECONFIG says nor in the home directory');
    return source;
  }
  if ('path' in kubeconfig) return read(kubeconfig.path, () => config.loadFromFile(kubeconfig.path));
  const text = await resolveSecret(kubeconfig.reference);
  return read(kubeconfig.reference, () => config.loadFromString(text));
}

/** As for kubectl: in a pod that is given the kubeconfig of another cluster, its own is not the one that is meant. */
function hasKubeconfig(): boolean {
  return (process.env.KUBECONFIG ?? '') !== '' || existsSync(join(homedir(), '.kube/config'));
}

/** What Kubernetes mounts into each pod, and the variables that it sets beside. */
function readServiceAccount(config: KubeConfig, podRoot: string): string {
  const source = 'the service account';
  const missing = ['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'].filter((name) => !process.env[name]);
  if (missing.length > 0) throw unusable(source, `its token is there, and ${missing.join(' and ')} not`);
  config.loadFromCluster(podRoot);
  return source;
}

function read(source: string, load: () => void): string {
  try {
    load();
  } catch (cause) {
    throw unusable(source, reasonOf(cause), cause);
  }
  return source;
}

function chooseContext(config: KubeConfig, { context }: ClusterSettings, source: string) {
  if (context !== null) config.setCurrentContext(context);
  const name = config.getCurrentContext();
  if (!name) throw unusable(source, 'it has no current context');
  const found = config.getContextObject(name);
  if (found === null) {
    const known = config.getContexts().map((one) => one.name);
    throw unusable(source, `it has no context ${name}${known.length === 0 ? '' : `, but ${known.join(', ')}`}`);
  }
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw unusable(source, `it has no cluster ${found.cluster}`);
  if (config.getCurrentUser() === null) throw unusable(source, `it has no user ${found.user}`);
  return cluster;
}

/** What the library would hand to a call: headers, and what the connection needs. */
type Credentials = RequestOptions &
  Pick<HttpsAgent['options'], 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>;

async function credentials(config: KubeConfig, source: string): Promise<Credentials> {
  const found: Credentials = {};
  try {
    await config.applyToHTTPSOptions(found);
  } catch (cause) {
    throw new Failure(kubernetesDiagnostics.create('login-failed', { file: source, reason: reasonOf(cause) }), {
      cause,
    });
  }
  return found;
}

function agentOf(cluster: { readonly server: string; readonly proxyUrl?: string }, found: Credentials): HttpAgent {
  // Behind a proxy the library knows the way; it keeps its agent for as long as the configuration is the same.
  if (cluster.proxyUrl && found.agent instanceof HttpAgent) return found.agent;
  const kept = { keepAlive: true, maxSockets };
  if (cluster.server.startsWith('http:')) return new HttpAgent(kept);
  const { ca, cert, key, rejectUnauthorized, servername } = found;
  return new HttpsAgent({
    ...kept,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(servername === undefined ? {} : { servername }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  });
}

function unusable(file: string, reason: string, cause?: unknown): Failure {
  return new Failure(kubernetesDiagnostics.create('no-kubeconfig', { file, reason }), { cause });
}

/** The first line, without a full stop: the rest of what a parser says is the file. */
function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [first = ''] = message.split('\n');
  return (/ENOENT/.test(first) ? 'there is no such file' : first).replace(/\.$/, '');
}
