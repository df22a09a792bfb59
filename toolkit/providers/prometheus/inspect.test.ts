import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFaultyServer } from '../../../test/support/faulty-server.ts';
import { freePort, startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import type { JsonObject } from '../../model/index.ts';
import { plainContext } from '../../testing/index.ts';
import { prometheusProvider } from './provider.ts';

const programs = realPrograms(['prometheus']);

describe.skipIf(!programs.available)(programs.title('what a real Prometheus says of itself'), () => {
  it('is its version, the file that it was started with, and that it may be reloaded', async () => {
    const { directory, url } = await startPrometheus(['--web.enable-lifecycle']);
    expect(await inspect({ directory, url })).toEqual([
      {
        subject: 'server',
        status: 'ok',
        detail: expect.stringMatching(/^Prometheus \d\S+ at .*, ready$/),
        remedy: null,
      },
      { subject: 'configuration', status: 'ok', detail: `${directory}/prometheus.yml`, remedy: null },
      { subject: 'reload', status: 'ok', detail: 'allowed', remedy: null },
      { subject: 'checker', status: 'ok', detail: 'not checked before, the binding says so', remedy: null },
    ]);
  });

  it('is that it takes no reload, which is no problem where none is wanted', async () => {
    const { directory, url } = await startPrometheus([]);
    expect((await inspect({ directory, url }))[2]).toEqual({
      subject: 'reload',
      status: 'problem',
      detail: 'refused',
      remedy: 'Start it with --web.enable-lifecycle, or set reload: none in the binding.',
    });
    expect((await inspect({ directory, url, reload: 'none' }))[2]).toMatchObject({ status: 'ok' });
  });

  it('is that it was started with another file than the one that opsctl writes', async () => {
    const { directory, url } = await startPrometheus([]);
    expect((await inspect({ directory: '/etc/elsewhere', url }))[1]).toEqual({
      subject: 'configuration',
      status: 'warning',
      detail: `Prometheus was started with ${directory}/prometheus.yml, and opsctl writes /etc/elsewhere/prometheus.yml`,
      remedy:
        'Start it with --config.file=/etc/elsewhere/prometheus.yml, or correct the directory or the url in the binding.',
    });
  });
});

describe('a server that says nothing of itself', () => {
  it.each([
    {
      name: 'is starting',
      behaviour: { kind: 'answer', status: 503, body: '' } as const,
      detail: /is not ready \(status 503\)$/,
    },
    {
      name: 'hangs',
      behaviour: { kind: 'hang' } as const,
      detail: /^Server does not answer in time\. GET .*\/-\/ready/,
    },
    {
      name: 'is something else',
      behaviour: { kind: 'answer', status: 200, body: 'hello' } as const,
      detail: /^something answers at \S+, and not as Prometheus does: .*not JSON/,
    },
    {
      name: 'knows none of its paths',
      behaviour: { kind: 'answer', status: 404, body: 'no such page' } as const,
      detail: /^something answers at \S+, and not as Prometheus does: status 404 for \/-\/ready$/,
    },
    {
      name: 'asks who is there',
      behaviour: { kind: 'answer', status: 401, body: '' } as const,
      detail: /^Prometheus at \S+ refuses who asks \(status 401\)$/,
    },
  ])('$name', async ({ behaviour, detail }) => {
    const server = await startFaultyServer(() => behaviour);
    onTestFinished(() => server.stop());
    expect((await inspect({ directory: '/etc/p', url: server.url, timeoutMs: 200 }))[0]).toMatchObject({
      subject: 'server',
      status: 'problem',
      detail: expect.stringMatching(detail),
    });
  });

  it('is not there', async () => {
    expect((await inspect({ directory: '/etc/p', url: `http://127.0.0.1:${await freePort()}` }))[0]).toMatchObject({
      status: 'problem',
      detail: expect.stringMatching(/nothing listens there\.$/),
    });
  });
});

it('a program that nobody can ask is not called well, and neither are files that nobody checks', async () => {
  process.env['PATH'] = '/nowhere';
  expect(await inspect({ directory: '/etc/p', check: undefined as unknown as string })).toEqual([
    {
      subject: 'server',
      status: 'not-asked',
      detail: 'not asked: the binding has no url, so nothing is reloaded either',
      remedy: null,
    },
    {
      subject: 'checker',
      status: 'warning',
      detail: 'there is no promtool on PATH, so nothing checks the files before a program reads them',
      remedy: 'Install promtool, or name its path as `check` in the binding.',
    },
  ]);
});

it('a checker that is not where the binding says it is, is a problem', async () => {
  expect(await inspect({ directory: '/etc/p', check: '/nowhere/promtool' })).toEqual([
    expect.objectContaining({ subject: 'server', status: 'not-asked' }),
    expect.objectContaining({ subject: 'checker', status: 'problem' }),
  ]);
});

async function inspect(settings: JsonObject) {
  const binding = { stack: 's', target: 't', provider: 'prometheus', settings: { check: 'none', ...settings } };
  return await prometheusProvider.open(binding, plainContext()).inspect();
}

async function startPrometheus(flags: readonly string[]) {
  const directory = await mkdtemp(path.join(tmpdir(), 'opsctl-inspect-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(path.join(directory, 'data'));
  await writeFile(path.join(directory, 'prometheus.yml'), '{}');
  const server = await startProgram({
    program: programs.path('prometheus'),
    args: (port) => [
      `--config.file=${directory}/prometheus.yml`,
      `--storage.tsdb.path=${directory}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    ready: '/-/ready',
  });
  onTestFinished(() => server.stop());
  return { directory, url: server.url };
}
