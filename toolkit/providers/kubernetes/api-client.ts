import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import { Unanswered } from '../../host/unanswered.ts';
import { type Manifest, mappingOf } from '../../languages/kubernetes/index.ts';
import { BusyGate } from './busy-gate.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { kubernetesDiagnostics } from './diagnostics.ts';

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
  readonly contentType?: string;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: Manifest;
}

export interface ApiClient {
  readonly server: string;
  /**
   * One call, any status. Every call that is made here may be made twice: a look, a server-side apply of the same
   * fields, a deletion of an object by its uid. So a server that is away for a moment is asked again. Throws Unanswered
   * when it stays away: what was asked may have been done or not.
   */
  call(call: ApiCall): Promise<ApiAnswer>;
}

export interface ApiClientOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export function apiClient(access: ClusterAccess, { timeoutMs, signal }: ApiClientOptions): ApiClient {
  // Once the server has been given up, nobody else waits as long: a thousand changes would take hours to fail.
  let isGivenUp = false;
  const gate = new BusyGate();
  return {
    server: access.server,
    async call(call) {
      // Time before the gate is not the server's, and does not count.
      let leftMs = isGivenUp ? 0 : timeoutMs;
      let isRenewed = false;
      for (let tries = 1; ; tries += 1) {
        const passage = await gate.enter();
        const begunMs = Date.now();
        const got = await tryOnce(access, call, { timeoutMs, signal });
        gate.leave(passage, got.kind === 'answer' && got.status === 429);
        leftMs -= Date.now() - begunMs;
        if (got.kind === 'answer' && got.status === 401 && !isRenewed) {
          isRenewed = true;
          await access.options(true);
          continue;
        }
        if (got.kind === 'answer' && got.status === 401) throw refused(access.server, got.body);
        if (got.kind === 'answer' && !isToBeRepeated(got.status)) {
          isGivenUp = false;
          return got;
        }
        const pauseMs = pauseAfter(got, tries);
        if (signal.aborted || isForGood(got) || pauseMs > leftMs) {
          isGivenUp = got.kind === 'silence';
          return giveUp(access.server, got, tries);
        }
        leftMs -= pauseMs;
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

type Tried =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Manifest; readonly retryAfterS: number | null }
  | { readonly kind: 'silence'; readonly reason: string; readonly cause: unknown };

async function tryOnce(access: ClusterAccess, call: ApiCall, limits: ApiClientOptions): Promise<Tried> {
  const options = await access.options();
  const headers = {
    ...headersOf(options),
    accept: call.accept ?? 'application/json',
    ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
    ...call.headers,
  };
  try {
    return await send(`${access.server}${call.path}`, { ...options, method: call.method, headers }, call.body, limits);
  } catch (cause) {
    return { kind: 'silence', reason: silenceOf(cause, limits.timeoutMs), cause };
  }
}

function headersOf({ headers }: RequestOptions): Readonly<Record<string, string>> {
  const entries = Object.entries(headers ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

async function send(
  url: string,
  options: RequestOptions,
  body: object | undefined,
  { timeoutMs, signal }: ApiClientOptions,
): Promise<Extract<Tried, { readonly kind: 'answer' }>> {
  const text = body === undefined ? null : Buffer.from(JSON.stringify(body));
  const headers = { ...(options.headers as Record<string, string>), ...(text && { 'content-length': text.length }) };
  const clock = AbortSignal.timeout(timeoutMs);
  // A change that is under way is let end, so that nobody has to find out what became of it.
  const stop = options.method === 'GET' ? AbortSignal.any([clock, signal]) : clock;
  const open = url.startsWith('https:') ? requestHttps : requestHttp;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = open(url, { ...options, headers, signal: stop }, resolve);
    sent.once('error', reject);
    sent.end(text ?? undefined);
  });
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  const retryAfter = Number(answer.headers['retry-after']);
  return {
    kind: 'answer',
    status: answer.statusCode ?? 0,
    body: bodyOf(Buffer.concat(parts).toString('utf8')),
    retryAfterS: Number.isFinite(retryAfter) ? retryAfter : null,
  };
}

/** What is no JSON stands as a message, as the server itself would have it. */
function bodyOf(text: string): Manifest {
  try {
    return mappingOf(JSON.parse(text));
  } catch {
    return { message: text.trim().slice(0, 300) };
  }
}

/** Busy, starting, or without its store: it says so before anything is done, or what is asked may be asked again. */
function isToBeRepeated(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/** A certificate that is not trusted is none the next moment either. */
function isForGood(got: Tried): boolean {
  const { code = '' } = got.kind === 'silence' ? (got.cause as NodeJS.ErrnoException) : {};
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_SSL|ERR_TLS/.test(code);
}

const firstPauseMs = 100;
const longestPauseMs = 3000;

function pauseAfter(got: Tried, tries: number): number {
  if (got.kind === 'answer' && got.retryAfterS !== null) return got.retryAfterS * 1000;
  return Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs);
}

function giveUp(server: string, got: Tried, tries: number): ApiAnswer {
  if (got.kind === 'answer' && got.status === 429)
    throw new Failure(kubernetesDiagnostics.create('overloaded', { server, tries }));
  const reason = got.kind === 'silence' ? got.reason : `status ${got.status}: ${String(got.body.message ?? '')}`;
  const cause = got.kind === 'silence' ? got.cause : undefined;
  throw new Unanswered(new Failure(kubernetesDiagnostics.create('unreachable', { server, reason, tries }), { cause }));
}

function refused(server: string, { message }: Manifest): Failure {
  const said = typeof message === 'string' ? message : '';
  return new Failure(kubernetesDiagnostics.create('credentials-refused', { server, said }));
}

const silences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused, nothing listens there',
  ECONNRESET: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to its network',
};

function silenceOf(cause: unknown, timeoutMs: number): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no full answer within ${timeoutMs / 1000} s`;
  if (cause.name === 'AbortError' && cause.cause instanceof Error && cause.cause.name === 'TimeoutError')
    return `no full answer within ${timeoutMs / 1000} s`;
  const code = 'code' in cause ? String(cause.code) : '';
  return silences[code] ?? (cause.message || code);
}
