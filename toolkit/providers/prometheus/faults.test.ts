import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Behaviour, type FaultyServer, startFaultyServer } from '../../../test/support/faulty-server.ts';
import { freePort } from '../../../test/support/processes.ts';
import { type JsonObject, makeAddress, type ProviderContext, type ProviderSession } from '../../model/index.ts';
import { directoryContents, directoryFingerprint, plainContext } from '../../testing/index.ts';
import { prometheusProvider } from './provider.ts';

const rules = {
  address: makeAddress({ stack: 'plant', type: 'prometheus-rules', name: 'host' }),
  type: 'prometheus-rules',
  spec: { group: { name: 'host', rules: [{ alert: 'HostDown', expr: 'up == 0' }] } },
};

let directory: string;
let server: FaultyServer | null = null;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'opsctl-faults-'));
  await mkdir(path.join(directory, 'rules'));
  await writeFile(path.join(directory, 'prometheus.yml'), 'rule_files: [rules/*.yaml]\n');
  await writeFile(path.join(directory, 'rules/host.yaml'), 'groups: []\n', { mode: 0o600 });
});
afterEach(async () => {
  await server?.stop();
  server = null;
  await rm(directory, { recursive: true });
});

function openSession(settings: JsonObject, context: Partial<ProviderContext> = {}): ProviderSession {
  const binding = {
    stack: 'plant',
    target: 'prometheus',
    provider: 'prometheus',
    settings: { directory, check: 'none', timeoutMs: 300, ...settings },
  };
  return prometheusProvider.open(binding, plainContext(context));
}

const answer = (status: number, body: string): Behaviour => ({ kind: 'answer', status, body });
const json = (data: unknown): Behaviour => answer(200, JSON.stringify({ status: 'success', data }));

describe('a reload that goes wrong is a refusal with a reason, and the files are back', () => {
  it.each<{ name: string; behave: (call: string) => Behaviour; reason: RegExp }>([
    {
      name: 'a server with an error',
      behave: () => answer(500, 'failed to reload config: oh'),
      reason: /^Prometheus refused to load the new files: failed to reload config: oh\./,
    },
    {
      name: 'a server that takes no reload',
      behave: () => answer(403, 'Lifecycle API is not enabled.'),
      reason:
        /^Prometheus does not take the reload \(status 403, Lifecycle API is not enabled\.\)\. It needs --web\.enable-lifecycle/,
    },
    {
      name: 'a server that is no Prometheus',
      behave: () => answer(200, '<html>'),
      reason: /^Answer of the server is not JSON\. GET .*\/api\/v1\/status\/config/,
    },
    {
      name: 'a server that answers with something else',
      behave: () => json([]),
      reason: /^Answer that no Prometheus gives\. .*it has no "data"/,
    },
    {
      name: 'a server that has not loaded the rules',
      behave: (call) =>
        call.includes('status/config') ? json({ yaml: 'rule_files: [/etc/rules/*.yaml]' }) : json({ groups: [] }),
      reason: /^Prometheus has reloaded, and has no rule group from rules\/host\.yaml\.$/,
    },
  ])('$name', async ({ behave, reason }) => {
    server = await startFaultyServer(behave);
    const before = [await directoryContents(directory), await directoryFingerprint(directory)];
    const session = openSession({ url: server.url });
    await session.stage({ kind: 'write', ...rules });
    expect(await session.commit()).toMatchObject({ accepted: false, reason: expect.stringMatching(reason) });
    expect([await directoryContents(directory), await directoryFingerprint(directory)]).toEqual(before);
    expect(server.calls.filter((call) => call === 'POST /-/reload')).toHaveLength(2);
  });

  it('an interruption, after which the former files are loaded all the same', async () => {
    let isFirst = true;
    server = await startFaultyServer(() => {
      const behaviour: Behaviour = isFirst ? { kind: 'hang' } : answer(200, '');
      isFirst = false;
      return behaviour;
    });
    const controller = new AbortController();
    const session = openSession({ url: server.url, timeoutMs: 10_000 }, { signal: controller.signal });
    const before = await directoryFingerprint(directory);
    await session.stage({ kind: 'write', ...rules });
    setTimeout(() => controller.abort(), 100);
    expect(await session.commit()).toMatchObject({
      accepted: false,
      reason: expect.stringMatching(/^Interrupted while waiting.*given up\.$/),
    });
    expect(await directoryFingerprint(directory)).toEqual(before);
    expect(server.calls).toEqual(['POST /-/reload', 'POST /-/reload']);
  });
});

describe('a server that does not answer', () => {
  it.each<{ name: string; behave: (call: string) => Behaviour; failure: object }>([
    {
      name: 'hangs',
      behave: () => ({ kind: 'hang' }),
      failure: {
        code: 'http/timeout',
        detail: expect.stringMatching(/^POST .*\/-\/reload: no full answer within 0\.3 s/),
      },
    },
    { name: 'resets', behave: () => ({ kind: 'reset' }), failure: { code: 'http/cut-off' } },
    {
      name: 'is still starting when the time is over',
      behave: () => answer(503, 'Service Unavailable'),
      failure: {
        code: 'http/not-ready',
        detail: expect.stringMatching(/^POST .*\/-\/reload: status 503 \(Service Unavailable\) for 0\.3 s\.$/),
      },
    },
    {
      name: 'has reloaded and says no more',
      behave: (call) => (call.startsWith('POST') ? answer(200, '') : { kind: 'hang' }),
      failure: { code: 'http/timeout', detail: expect.stringMatching(/^GET /) },
    },
  ])('keeps the files, because it may have loaded them: one that $name', async ({ behave, failure }) => {
    server = await startFaultyServer(behave);
    const session = openSession({ url: server.url });
    await session.stage({ kind: 'write', ...rules });
    await expect(session.commit()).rejects.toMatchObject({ name: 'Unanswered', diagnostic: failure });
    expect((await session.readMany([rules])).get(rules.address)).toEqual({ state: 'present', spec: rules.spec });
    expect(await directoryContents(directory)).not.toHaveProperty('.opsctl-staged');
  });

  it('is waited for while it starts', async () => {
    let reloads = 0;
    server = await startFaultyServer((call) => {
      if (call.startsWith('POST')) return answer(reloads++ < 2 ? 503 : 200, '');
      if (call.includes('status/config')) return json({ yaml: 'rule_files: [/etc/rules/*.yaml]' });
      return json({ groups: [{ name: 'host', file: '/etc/rules/host.yaml', rules: [] }] });
    });
    const session = openSession({ url: server.url, timeoutMs: 10_000 });
    await session.stage({ kind: 'write', ...rules });
    expect(await session.commit()).toEqual({
      accepted: true,
      note: '1 written, 0 removed; not checked before, the binding says so, reloaded and seen live',
    });
    expect(reloads).toBe(3);
  });

  it('is not there, so that nothing runs with other files: they stay, and it is told', async () => {
    const session = openSession({ url: `http://127.0.0.1:${await freePort()}` });
    await session.stage({ kind: 'write', ...rules });
    expect(await session.commit()).toEqual({
      accepted: true,
      note: expect.stringContaining('not loaded, the server does not run'),
      notRunning: expect.stringMatching(/^Server cannot be reached\. POST .*\/-\/reload: .*nothing listens there\.$/),
    });
    expect((await session.readMany([rules])).get(rules.address)).toEqual({ state: 'present', spec: rules.spec });
  });
});

describe('what a server says', () => {
  it('is one line of a sane length, whatever it says', async () => {
    server = await startFaultyServer(() => answer(500, `no\u001b[2J\r\n${'long '.repeat(10_000)}`));
    const session = openSession({ url: server.url });
    await session.stage({ kind: 'write', ...rules });
    const outcome = await session.commit();
    expect(outcome).toMatchObject({
      accepted: false,
      reason: expect.stringMatching(/^Prometheus refused .*: no \[2J long .* \.\.\.\./),
    });
    expect('reason' in outcome ? outcome.reason.length : 0).toBeLessThan(1500);
  });
});

describe('a checker that finds fault', () => {
  it('with what is not ours is told once, and whose the file is', async () => {
    const tools = await mkdtemp(path.join(tmpdir(), 'opsctl-tools-'));
    const check = path.join(tools, 'promtool');
    const fault = 'rules/theirs.yaml: 3:5: parse error';
    await writeFile(check, `#!/bin/sh\necho 'FAILED: ${fault}'\necho '${fault}' >&2\nexit 1\n`, { mode: 0o755 });
    await mkdir(path.join(directory, 'rules'), { recursive: true });
    await writeFile(path.join(directory, 'rules/theirs.yaml'), 'groups: [');
    const session = openSession({ check });
    await session.stage({ kind: 'write', ...rules });
    expect(await session.commit()).toMatchObject({
      accepted: false,
      reason: `promtool refuses it: ${fault}. opsctl has not written rules/theirs.yaml: whoever keeps that file has to correct it, or to take it away.`,
    });
    await rm(tools, { recursive: true });
  });
});

describe('a checker that goes wrong', () => {
  it.each([
    { name: 'is missing where the binding says it is', script: null, reason: /^Program not found\. / },
    { name: 'hangs', script: '#!/bin/sh\nsleep 60\n', reason: /^Program does not end in time\. / },
    {
      name: 'says nothing',
      script: '#!/bin/sh\nexit 7\n',
      reason: /^promtool refuses it: exit code 7 and no message\.$/,
    },
  ])('$name', async ({ script, reason }) => {
    const tools = await mkdtemp(path.join(tmpdir(), 'opsctl-tools-'));
    const check = path.join(tools, 'promtool');
    if (script !== null) await writeFile(check, script, { mode: 0o755 });
    const before = await directoryFingerprint(directory);
    const session = openSession({ check });
    await session.stage({ kind: 'write', ...rules });
    expect(await session.commit()).toMatchObject({ accepted: false, reason: expect.stringMatching(reason) });
    expect(await directoryFingerprint(directory)).toEqual(before);
    await rm(tools, { recursive: true });
  });
});

describe('reading', () => {
  it.each<{ name: string; behaviour: Behaviour }>([
    { name: 'hangs', behaviour: { kind: 'hang' } },
    { name: 'resets', behaviour: { kind: 'reset' } },
    { name: 'fails', behaviour: answer(500, '') },
  ])('needs no server: one that $name is left out of the identity, and told', async ({ behaviour }) => {
    server = await startFaultyServer(() => behaviour);
    const told: string[] = [];
    const session = openSession({ url: server.url }, { report: (message) => told.push(message) });
    expect(await session.identify()).toEqual({ directory });
    expect(told).toEqual([expect.stringMatching(/^Going on without its external labels\. Server /)]);
    expect((await session.readMany([rules])).get(rules.address)).toMatchObject({ state: 'malformed' });
  });

  it('a server that is not there makes everything unhealthy, with the reason', async () => {
    const session = openSession({ url: `http://127.0.0.1:${await freePort()}` });
    expect(await session.health([rules], 0)).toEqual([
      {
        address: rules.address,
        healthy: false,
        detail: expect.stringMatching(/^Server cannot be reached\. GET .*\/api\/v1\/rules/),
      },
    ]);
  });

  it('sends the token of the binding, and never shows it', async () => {
    server = await startFaultyServer(() => answer(401, ''));
    const resolveSecret = async () => 'sesame';
    const session = openSession({ url: server.url, credential: { $secret: 'env:TOKEN' } }, { resolveSecret });
    await session.stage({ kind: 'write', ...rules });
    const outcome = await session.commit();
    expect(outcome).toMatchObject({ accepted: false, reason: expect.stringContaining('(status 401)') });
    expect(JSON.stringify(outcome)).not.toContain('sesame');
  });
});
