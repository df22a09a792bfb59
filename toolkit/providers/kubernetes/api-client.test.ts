import { afterEach, describe, expect, it } from 'vitest';
import { type Behaviour, type FaultyServer, startFaultyServer } from '../../../test/support/faulty-server.ts';
import { freePort } from '../../../test/support/processes.ts';
import { Unanswered } from '../../host/unanswered.ts';
import { apiClient } from './api-client.ts';
import { fetchObjects } from './fetch-objects.ts';
import type { ObjectPlace } from './object-place.ts';

let server: FaultyServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const answer = (status: number, body: object, headers: Record<string, string> = {}): Behaviour => ({
  kind: 'answer',
  status,
  body: JSON.stringify(body),
  headers,
});

/** A client of a server that behaves like this, call by call; the last behaviour goes on. */
async function clientOf(behaviours: readonly Behaviour[], timeoutMs = 2000) {
  let calls = 0;
  let renewals = 0;
  server = await startFaultyServer(() => behaviours[Math.min(calls++, behaviours.length - 1)] ?? { kind: 'hang' });
  const access = {
    server: server.url,
    options: async (renew = false) => {
      if (renew) renewals += 1;
      return { headers: { authorization: `Bearer ${renewals}` } };
    },
    close: () => undefined,
  };
  const client = apiClient(access, { timeoutMs, signal: new AbortController().signal });
  return { client, calls: () => calls, renewals: () => renewals };
}

const get = { method: 'GET', path: '/api/v1' } as const;

describe('a call', () => {
  it.each([
    { name: 'is made again when the connection is cut off', before: { kind: 'reset' } as const },
    { name: 'is made again when the server is starting', before: answer(503, {}) },
    { name: 'is made again when the server is busy', before: answer(429, {}, { 'retry-after': '0' }) },
  ])('$name', async ({ before }) => {
    const { client, calls } = await clientOf([before, answer(200, { kind: 'APIResourceList' })]);
    expect(await client.call(get)).toMatchObject({ status: 200, body: { kind: 'APIResourceList' } });
    expect(calls()).toBe(2);
  });

  it('that is refused for its credentials is made once more with new ones', async () => {
    const { client, renewals } = await clientOf([answer(401, {}), answer(200, {})]);
    expect(await client.call(get)).toMatchObject({ status: 200 });
    expect(renewals()).toBe(1);
  });

  it('that is refused for its credentials twice says so', async () => {
    const { client, calls } = await clientOf([answer(401, { message: 'Unauthorized' })]);
    await expect(client.call(get)).rejects.toMatchObject({
      diagnostic: { code: 'kubernetes/credentials-refused', detail: expect.stringContaining('(Unauthorized)') },
    });
    expect(calls()).toBe(2);
  });

  it('is not repeated where the server says no', async () => {
    const { client, calls } = await clientOf([answer(422, { message: 'invalid' })]);
    expect(await client.call(get)).toMatchObject({ status: 422, body: { message: 'invalid' } });
    expect(calls()).toBe(1);
  });

  it('that nobody answers ends as unanswered, and the next one waits no more', async () => {
    const access = {
      server: `http://127.0.0.1:${await freePort()}`,
      options: async () => ({}),
      close: () => undefined,
    };
    const client = apiClient(access, { timeoutMs: 350, signal: new AbortController().signal });
    const first = await client.call(get).catch((error: unknown) => error);
    expect(first).toBeInstanceOf(Unanswered);
    expect(first).toMatchObject({
      diagnostic: {
        code: 'kubernetes/unreachable',
        detail: expect.stringMatching(/the connection is refused.*after \d+ tries/),
      },
    });
    await expect(client.call(get)).rejects.toMatchObject({
      diagnostic: { detail: expect.stringContaining('after 1 try') },
    });
  });
});

describe('many objects of a kind', () => {
  const place = (name: string): ObjectPlace => ({
    identity: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'a', name },
    title: `ConfigMap a/${name}`,
    collection: '/api/v1/namespaces/a/configmaps',
    path: `/api/v1/namespaces/a/configmaps/${name}`,
  });
  const places = ['one', 'two', 'three', 'four'].map(place);
  const item = (name: string) => ({ metadata: { name } });

  it('are listed page by page, and only what is there and not ours is looked at alone', async () => {
    const { client } = await clientOf([
      answer(200, { metadata: { continue: 'more' }, items: [item('one')] }),
      answer(200, { metadata: {}, items: [] }),
      answer(200, item('two')),
      answer(404, {}),
      answer(404, {}),
    ]);
    const found = await fetchObjects(client, places, 'plant');
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['live', 'live', 'absent', 'absent']);
    expect(server?.calls.slice(0, 2)).toEqual([
      'GET /api/v1/namespaces/a/configmaps?labelSelector=opsctl%2Fstack%3Dplant&limit=500',
      'GET /api/v1/namespaces/a/configmaps?labelSelector=opsctl%2Fstack%3Dplant&limit=500&continue=more',
    ]);
  });

  it('are looked at one by one where the user may not list', async () => {
    const { client } = await clientOf([answer(403, {}), answer(200, item('x'))]);
    const found = await fetchObjects(client, places, 'plant');
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['live', 'live', 'live', 'live']);
    expect(server?.calls).toHaveLength(5);
  });
});
