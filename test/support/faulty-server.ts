import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FaultyServer = {
  readonly url: string;
  /** Method and path of every call, in order. */
  readonly calls: readonly string[];
  stop(): Promise<void>;
};

/** What a server does with a call: answers it, or one of the things that servers do instead. */
export type Behaviour =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'hang' }
  /** Sends the start of an answer and then nothing. */
  | { readonly kind: 'stall'; readonly body: string }
  | { readonly kind: 'reset' };

/** A server on the loopback address that behaves as it is told, call by call. */
export async function startFaultyServer(behave: (call: string) => Behaviour): Promise<FaultyServer> {
  const calls: string[] = [];
  const listener: RequestListener = (request, response) => {
    const call = `${request.method} ${request.url}`;
    calls.push(call);
    const behaviour = behave(call);
    switch (behaviour.kind) {
      case 'answer':
        response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
        return;
      case 'hang':
        return;
      case 'stall':
        response.write(behaviour.body);
        return;
      case 'reset':
        request.socket.resetAndDestroy();
        return;
      default:
        behaviour satisfies never;
    }
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
