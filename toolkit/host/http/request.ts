import { Failure } from '../../diagnostics/index.ts';
import { httpDiagnostics } from './diagnostics.ts';
import { quoteBody } from './quote-body.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole answer, not only for its first byte. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One call, any status. Throws a Failure when there is no whole answer: refused, reset, too slow, too large. Redirects
 * are not followed: a POST would turn into a GET, and a credential would travel along.
 */
export async function request(url: string, options: HttpRequest = {}): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, body = null, timeoutMs = 10_000, maxBytes = 64 * 1024 * 1024 } = options;
  const clock = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined ? clock : AbortSignal.any([clock, options.signal]);
  const call = { method, url: withoutSecrets(url) };
  try {
    const response = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
    const text = await readText(response, maxBytes);
    if (text === null) throw new Failure(httpDiagnostics.create('too-large', { ...call, maxBytes }));
    return { status: response.status, body: text };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    if (clock.aborted) throw new Failure(httpDiagnostics.create('timeout', { ...call, timeoutMs }), { cause });
    if (signal.aborted) throw new Failure(httpDiagnostics.create('interrupted', call), { cause });
    throw connectionFailure(call, cause);
  }
}

/** As `request`, and any status but 2xx is a Failure with what the server says. */
export async function requestText(url: string, options: HttpRequest = {}): Promise<string> {
  const { status, body } = await request(url, options);
  if (status >= 200 && status < 300) return body;
  const facts = { method: options.method ?? 'GET', url: withoutSecrets(url), status, said: quoteBody(body) };
  throw new Failure(httpDiagnostics.create('bad-status', facts));
}

/** As `requestText`, for an answer in JSON. What is in it is still to be parsed. */
export async function requestJson(url: string, options: HttpRequest = {}): Promise<unknown> {
  const body = await requestText(url, options);
  try {
    return JSON.parse(body);
  } catch (cause) {
    const said = body.trim() === '' ? 'nothing' : JSON.stringify(quoteBody(body, 80));
    const facts = { method: options.method ?? 'GET', url: withoutSecrets(url), said };
    throw new Failure(httpDiagnostics.create('not-json', facts), { cause });
  }
}

/** A path under a base URL that may have a path of its own: `http://host/prometheus` and `/-/reload`. */
export function endpoint(base: string, path: string): string {
  return base.replace(/\/+$/, '') + path;
}

/** A user and password in a URL are not for messages. */
function withoutSecrets(text: string): string {
  return text.replaceAll(/\/\/[^/@\s]*@/g, '//');
}

/** The body as text; null when it is larger than allowed. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused, nothing listens there',
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to its network',
  UND_ERR_CONNECT_TIMEOUT: 'the connection is not taken',
};

/** `fetch` wraps what happened in a `TypeError: fetch failed`, and several addresses of a name in an AggregateError. */
function connectionFailure(call: { readonly method: string; readonly url: string }, thrown: unknown): Failure {
  const cause = innermost(thrown);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = unreachable[code];
  if (reason !== undefined) return new Failure(httpDiagnostics.create('unreachable', { ...call, reason }), { cause });
  const said = withoutSecrets(cause instanceof Error && cause.message !== '' ? cause.message : code || String(cause));
  // Known by its text alone: the port is of some other protocol, which a caller could be led to speak.
  if (said === 'bad port') {
    const port = 'no program may speak HTTP to this port, which another service has for its own';
    return new Failure(httpDiagnostics.create('unreachable', { ...call, reason: port }), { cause });
  }
  if (/CERT|UNABLE_TO_VERIFY/.test(code)) {
    return new Failure(httpDiagnostics.create('not-trusted', { ...call, reason: said }), { cause });
  }
  const strange = strangeAnswer(cause, code);
  if (strange !== null) return new Failure(httpDiagnostics.create('not-http', { ...call, reason: strange }), { cause });
  return new Failure(httpDiagnostics.create('cut-off', { ...call, reason: said }), { cause });
}

/** What speaks another protocol than the one of the URL; null for anything else. */
function strangeAnswer(cause: unknown, code: string): string | null {
  if (/^(ERR_SSL_|EPROTO)/.test(code)) return `what listens there does not speak TLS as it is meant to (${code})`;
  return cause instanceof Error && cause.name === 'HTTPParserError' ? 'what listens there does not speak HTTP' : null;
}

function innermost(thrown: unknown): unknown {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return innermost(thrown.errors[0]);
  return thrown instanceof Error && thrown.cause !== undefined ? innermost(thrown.cause) : thrown;
}
