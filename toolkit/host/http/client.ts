import { endpoint, type HttpAnswer, type HttpRequest, request, requestJson, requestText } from './request.ts';

/** One server: its base URL, credential and patience. Paths begin with `/`. */
export interface HttpClient {
  readonly base: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  request(path: string, options?: HttpRequest): Promise<HttpAnswer>;
  text(path: string, options?: HttpRequest): Promise<string>;
  json(path: string, options?: HttpRequest): Promise<unknown>;
}

export interface HttpClientOptions {
  readonly base: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Asked once, at the first call: a session that needs no network needs no credential. */
  bearerToken?(): Promise<string>;
}

export function httpClient({ base, timeoutMs, signal, bearerToken }: HttpClientOptions): HttpClient {
  let credential: Promise<Readonly<Record<string, string>>> | null = null;
  const headers = () => {
    credential ??= headersOf(bearerToken);
    return credential;
  };
  const complete = async (options: HttpRequest = {}): Promise<HttpRequest> => ({
    timeoutMs,
    signal,
    ...options,
    headers: { ...(await headers()), ...options.headers },
  });
  return {
    base,
    timeoutMs,
    signal,
    request: async (path, options) => request(endpoint(base, path), await complete(options)),
    text: async (path, options) => requestText(endpoint(base, path), await complete(options)),
    json: async (path, options) => requestJson(endpoint(base, path), await complete(options)),
  };
}

async function headersOf(bearerToken?: () => Promise<string>): Promise<Readonly<Record<string, string>>> {
  return bearerToken === undefined ? {} : { authorization: `Bearer ${await bearerToken()}` };
}
