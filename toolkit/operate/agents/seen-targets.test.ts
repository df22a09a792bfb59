import { afterEach, expect, it } from 'vitest';
import { type Behaviour, type FaultyServer, startFaultyServer } from '../../../test/support/faulty-server.ts';
import type { Repository } from '../contract.ts';
import { seenTargets } from './seen-targets.ts';

const servers: FaultyServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function seenWith(behave: (call: string) => Behaviour, timeoutMs = 5000) {
  const server = await startFaultyServer(behave);
  servers.push(server);
  return await seenAt({ url: server.url, directory: '/x' }, timeoutMs);
}

function seenAt(settings: Readonly<Record<string, string>>, timeoutMs = 5000) {
  const bindings = { targets: [{ stack: 'plant', target: 'prometheus', provider: 'prometheus', settings }] };
  return seenTargets('plant', {
    // Nothing else of it is looked at.
    repository: { bindings } as unknown as Repository,
    secrets: async () => '',
    signal: new AbortController().signal,
    timeoutMs,
  });
}

const answering = (data: unknown): Behaviour => ({
  kind: 'answer',
  status: 200,
  body: JSON.stringify({ status: 'success', data }),
});
const target = {
  labels: { job: 'host-node', instance: 'web-1:9100', item: 'web-1' },
  scrapePool: 'host-node',
  scrapeUrl: 'http://web-1:9100/metrics',
  lastError: '',
  lastScrape: '2026-11-21T10:00:00Z',
  health: 'up',
};
const info = (name: string, labels: object) => ({
  metric: { __name__: name, job: 'host-node', instance: 'web-1:9100', ...labels },
  value: [0, '1'],
});

it('reads targets and the versions of what answers there', async () => {
  const infos = [
    info('node_exporter_build_info', { version: '1.5.0' }),
    info('go_build_info', { version: '(devel)' }),
    info('node_exporter_build_info', { version: '9', instance: 'web-2:9100' }),
    info('otelcol_process_uptime', { service_version: '0.99.0' }),
  ];
  const seen = await seenWith((call) =>
    answering(
      call.startsWith('GET /api/v1/targets')
        ? { activeTargets: [target, { ...target, lastScrape: '0001-01-01T00:00:00Z', health: 'unknown', labels: {} }] }
        : { result: infos },
    ),
  );
  expect(seen).toEqual({
    reason: null,
    targets: [
      {
        job: 'host-node',
        labels: target.labels,
        scrapeUrl: target.scrapeUrl,
        health: 'up',
        lastError: '',
        lastScrape: '2026-11-21T10:00:00Z',
        versions: { node_exporter_build_info: '1.5.0', go_build_info: '(devel)', otelcol_process_uptime: '0.99.0' },
      },
      {
        job: 'host-node',
        labels: {},
        scrapeUrl: target.scrapeUrl,
        health: 'unknown',
        lastError: '',
        lastScrape: null,
        versions: {},
      },
    ],
  });
});

it.each<{ name: string; behaviour: Behaviour; reason: RegExp }>([
  { name: 'an error', behaviour: { kind: 'answer', status: 503, body: 'starting' }, reason: /status 503/ },
  { name: 'another answer', behaviour: answering({ hello: 1 }), reason: /something else than its targets/ },
  { name: 'a reset', behaviour: { kind: 'reset' }, reason: /./ },
  { name: 'no end', behaviour: { kind: 'hang' }, reason: /./ },
])('$name is a reason, and nobody else waits for it', async ({ behaviour, reason }) => {
  expect(await seenWith(() => behaviour, 200)).toMatchObject({ targets: null, reason: expect.stringMatching(reason) });
});

it('a binding without a url is not asked', async () => {
  expect(await seenAt({ directory: '/x' })).toEqual({
    targets: null,
    reason: 'the binding of the prometheus of plant has no url',
  });
});
