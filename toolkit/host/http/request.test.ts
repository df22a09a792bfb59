import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Behaviour, type FaultyServer, startFaultyServer } from '../../../test/support/faulty-server.ts';
import { freePort } from '../../../test/support/processes.ts';
import { httpClient } from './client.ts';
import { endpoint, requestJson, requestText } from './request.ts';

let server: FaultyServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

let talker: Server | null = null;
afterEach(() => talker?.close());

/** Gives whoever asks what a server of TLS gives to somebody without it. */
async function speakTls(): Promise<string> {
  const alert = Buffer.from('15030100020246', 'hex');
  talker = createServer((socket) => socket.once('data', () => socket.end(alert)));
  await once(talker.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(talker.address() as AddressInfo).port}`;
}

async function serve(behaviour: Behaviour): Promise<string> {
  server = await startFaultyServer(() => behaviour);
  return server.url;
}

const answer = (status: number, body: string): Behaviour => ({ kind: 'answer', status, body });

describe('a call that goes wrong is a failure that says how', () => {
  it.each<{ name: string; behaviour: Behaviour; code: string; detail: RegExp }>([
    {
      name: 'a server that never answers',
      behaviour: { kind: 'hang' },
      code: 'http/timeout',
      detail: /^GET http:.*\/x: no full answer within 0\.2 s\.$/,
    },
    {
      name: 'a server that stops in the middle',
      behaviour: { kind: 'stall', body: '{' },
      code: 'http/timeout',
      detail: /no full answer/,
    },
    {
      name: 'a server that resets',
      behaviour: { kind: 'reset' },
      code: 'http/cut-off',
      detail: /^GET http:.*\/x: .+\.$/,
    },
    {
      name: 'a status of 500',
      behaviour: answer(500, 'failed to reload\n'),
      code: 'http/bad-status',
      detail: /: status 500: failed to reload\.$/,
    },
    {
      name: 'a redirect',
      behaviour: { kind: 'answer', status: 302, body: '', headers: { location: 'http://other.example/' } },
      code: 'http/bad-status',
      detail: /: status 302\.$/,
    },
    {
      name: 'an answer that is too large',
      behaviour: answer(200, 'x'.repeat(2000)),
      code: 'http/too-large',
      detail: /over 1000 bytes/,
    },
    {
      name: 'a login page',
      behaviour: answer(200, '<html>Sign in</html>'),
      code: 'http/not-json',
      detail: /the answer begins with "<html>Sign in<\/html>"\.$/,
    },
    {
      name: 'an empty answer',
      behaviour: answer(200, ''),
      code: 'http/not-json',
      detail: /the answer begins with nothing\.$/,
    },
  ])('$name', async ({ behaviour, code, detail }) => {
    const timeoutMs = code === 'http/timeout' ? 200 : 20_000;
    const call = requestJson(`${await serve(behaviour)}/x`, { timeoutMs, maxBytes: 1000 });
    await expect(call).rejects.toMatchObject({ diagnostic: { code, detail: expect.stringMatching(detail) } });
  });

  it('a port that another service has for its own', async () => {
    await expect(requestText('http://127.0.0.1:9/')).rejects.toMatchObject({
      diagnostic: { code: 'http/unreachable', detail: expect.stringContaining('may speak HTTP to this port') },
    });
  });

  it('http where https is spoken, and the other way round', async () => {
    const url = await serve(answer(200, ''));
    await expect(requestText(url.replace('http:', 'https:'))).rejects.toMatchObject({
      diagnostic: { code: 'http/not-http' },
    });
    await expect(requestText(await speakTls())).rejects.toMatchObject({ diagnostic: { code: 'http/not-http' } });
  });

  it('nobody listens', async () => {
    const call = requestText(`http://127.0.0.1:${await freePort()}/`);
    await expect(call).rejects.toMatchObject({
      diagnostic: { code: 'http/unreachable', detail: expect.stringContaining('refused') },
    });
  });

  it('a name that nobody has', async () => {
    await expect(requestText('http://no-such-host.invalid/')).rejects.toMatchObject({
      diagnostic: { code: expect.stringMatching(/^http\/(unreachable|timeout)$/) },
    });
  });

  it('an interruption', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const call = requestText(await serve({ kind: 'hang' }), { signal: controller.signal });
    await expect(call).rejects.toMatchObject({ diagnostic: { code: 'http/interrupted' } });
  });

  it('never shows a password of the address', async () => {
    const url = (await serve(answer(500, ''))).replace('//', '//user:sesame@');
    await expect(requestText(url)).rejects.not.toThrow('sesame');
  });
});

describe('httpClient', () => {
  it('asks for its token once, and only when it calls', async () => {
    server = await startFaultyServer(() => answer(200, '{}'));
    let asked = 0;
    const client = httpClient({
      base: `${server.url}/prometheus/`,
      timeoutMs: 1000,
      bearerToken: async () => `token-${++asked}`,
    });
    expect(asked).toBe(0);
    await client.json('/api/v1/rules');
    await client.request('/-/reload', { method: 'POST' });
    expect({ asked, calls: server.calls }).toEqual({
      asked: 1,
      calls: ['GET /prometheus/api/v1/rules', 'POST /prometheus/-/reload'],
    });
  });
});

it('a path goes under the path of the base', () => {
  expect(endpoint('http://host/a/', '/b')).toBe('http://host/a/b');
});
