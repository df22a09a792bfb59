import { existsSync } from 'node:fs';
import { Failure } from '../../diagnostics/index.ts';
import { isErrorCode } from '../file-failure.ts';
import { type Activated, type Activation, accepted, type ChangedFiles, type Verdict } from '../file-set/activation.ts';
import { Unanswered } from '../unanswered.ts';
import { type HttpClient, httpClient } from './client.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import { reload } from './reload.ts';

/** The HTTP API of a target that reads its files again when it is told to. */
export interface Server {
  readonly client: HttpClient;
  /** Not stopped by an interruption: what has been taken back must be loaded again. */
  readonly lastingClient: HttpClient;
}

export interface ServerContext {
  resolveSecret(reference: string): Promise<string>;
  readonly signal: AbortSignal;
}

/** The server of a binding, or null where it names none. Connects on first use. */
export function openServer(settings: EndpointSettings, context: ServerContext): Server | null {
  const { url, credential, timeoutMs } = settings;
  if (url === null) return null;
  const common = {
    base: url,
    timeoutMs,
    ...(credential === null ? {} : { bearerToken: () => context.resolveSecret(credential) }),
  };
  return { client: httpClient({ ...common, signal: context.signal }), lastingClient: httpClient(common) };
}

export interface Reloadable {
  readonly settings: EndpointSettings;
  /** What the program is called in messages. */
  readonly program: string;
  /** Absolute path of the file that it cannot load anything without. */
  readonly mainFile: string;
  readonly server: Server | null;
  /** Looks whether what was written is what is loaded. */
  verify(client: HttpClient, changed: ChangedFiles): Promise<Verdict>;
}

/** Makes files live by a reload, where the binding allows one, and then looks that they are. */
export function activationByReload(target: Reloadable): Pick<Activation, 'activate' | 'reactivate'> {
  const { settings, program, server } = target;
  if (server === null || settings.reload === 'none') {
    const why = settings.url === null ? 'the binding has no url' : 'the binding says so';
    return { activate: async () => accepted(`not reloaded, ${why}`) };
  }
  return {
    async activate(changed) {
      if (!existsSync(target.mainFile)) return accepted(`not reloaded, ${program} goes on with what it had`);
      const reloaded = await reloadIfRunning(server.client, program);
      if (!reloaded.accepted || 'notRunning' in reloaded) return reloaded;
      return await answered(() => target.verify(server.client, changed));
    },
    async reactivate() {
      return existsSync(target.mainFile) ? reload(server.lastingClient, program) : accepted('');
    },
  };
}

/** Where the connection is refused nothing runs, so nothing runs with other files: the next start reads these. */
async function reloadIfRunning(client: HttpClient, program: string): Promise<Activated> {
  try {
    return await answered(() => reload(client, program));
  } catch (cause) {
    if (!(cause instanceof Unanswered) || !isErrorCode(cause.cause, 'ECONNREFUSED')) throw cause;
    const { summary, detail } = cause.diagnostic;
    return { accepted: true, note: 'not loaded, the server does not run', notRunning: `${summary}. ${detail}` };
  }
}

async function answered<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw cause instanceof Failure && silences.includes(cause.diagnostic.code) ? new Unanswered(cause) : cause;
  }
}

/** Codes after which nobody knows what the server did. */
const silences: readonly string[] = [
  'http/unreachable',
  'http/not-trusted',
  'http/not-http',
  'http/timeout',
  'http/cut-off',
  'http/not-ready',
];
