import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

export interface WecomMessage {
  /** What the sender showed to be let in. */
  readonly token: string | null;
  readonly body: unknown;
}

export interface Wecom {
  /** What an installation in the own network is called by: ends with `/cgi-bin/`. */
  readonly url: string;
  readonly messages: readonly WecomMessage[];
  stop(): Promise<void>;
}

/**
 * Stands in for WeCom, which cannot be had: the two calls that Alertmanager makes, as the developer documentation of WeCom
 * describes them ("Getting access_token", "Sending application messages").
 */
export async function startWecom(corporationId: string, secret: string): Promise<Wecom> {
  const messages: WecomMessage[] = [];
  const token = 'token-of-the-stand-in';
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = (body: object) =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.method === 'GET' && url.pathname === '/cgi-bin/gettoken') {
      const isKnown = url.searchParams.get('corpid') === corporationId && url.searchParams.get('corpsecret') === secret;
      return isKnown
        ? answer({ errcode: 0, errmsg: 'ok', access_token: token, expires_in: 7200 })
        : answer({ errcode: 40001, errmsg: 'invalid credential' });
    }
    if (request.method === 'POST' && url.pathname === '/cgi-bin/message/send') {
      messages.push({ token: url.searchParams.get('access_token'), body: JSON.parse(await textOf(request)) });
      return answer({ errcode: 0, errmsg: 'ok' });
    }
    return void response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The stand-in has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/cgi-bin/`,
    messages,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
