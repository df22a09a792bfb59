import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { makeAddress } from '../../model/index.ts';
import {
  describeProvider,
  directoryContents,
  directoryFingerprint,
  plainContext,
  type TargetUnderTest,
} from '../../testing/index.ts';
import { blackboxProvider } from './provider.ts';

const programs = realPrograms(['prometheus-blackbox-exporter']);

const modules = {
  http_2xx: {
    prober: 'http',
    timeout: '5s',
    http: { method: 'GET', valid_status_codes: [204, 200], fail_if_not_ssl: false },
  },
  tcp_connect: { prober: 'tcp' },
};

const config = {
  address: makeAddress({ stack: 'plant', type: 'blackbox-config', name: 'main' }),
  type: 'blackbox-config',
  spec: { modules },
  changedSpec: {
    modules: {
      ...modules,
      icmp: { prober: 'icmp', timeout: '90s', icmp: { preferred_ip_protocol: 'ip4' } },
      http_post: { prober: 'http', http: { method: 'POST', headers: { 'X-Site': '泵站' } } },
    },
  },
  initially: 'present',
} as const;

describe.skipIf(!programs.available)(programs.title('a real blackbox exporter'), () => {
  describeProvider('blackbox', { provider: blackboxProvider, open: openExporter, samples: [config] });

  it('says what the exporter refuses, and puts the file back', async () => {
    const target = await openForTest();
    const session = blackboxProvider.open(target.binding, plainContext());
    const before = await target.contents();
    const spec = { modules: { http_2xx: { prober: 'http', http: { valid_status_codes: 'all' } } } };
    await session.stage({ kind: 'write', address: config.address, type: config.type, spec });
    expect(await session.commit()).toEqual({
      accepted: false,
      reason: expect.stringMatching(
        /^blackbox_exporter refuses it: blackbox\.yml: .*cannot unmarshal !!str `all` into \[\]int\.$/s,
      ),
      blamed: [config.address],
    });
    expect(await target.contents()).toEqual(before);
  });

  it('is healthy when the exporter has loaded the file', async () => {
    const target = await openForTest();
    const session = blackboxProvider.open(target.binding, plainContext());
    await session.stage({ kind: 'write', address: config.address, type: config.type, spec: config.changedSpec });
    await session.commit();
    expect(await session.health([config], 0)).toEqual([
      { address: config.address, healthy: true, detail: 'It is loaded.' },
    ]);
    await writeFile(
      path.join(String(target.binding.settings.directory), 'blackbox.yml'),
      'modules: {new: {prober: tcp}}\n',
    );
    expect(await session.health([config], 0)).toEqual([
      {
        address: config.address,
        healthy: false,
        detail:
          'The blackbox exporter runs, and /modules/new of blackbox.yml is not in the configuration that it uses.',
      },
    ]);
  });

  it('says its version, the file that it was started with, and that it may be reloaded', async () => {
    const target = await openForTest();
    const session = blackboxProvider.open(target.binding, plainContext());
    const { directory, check } = target.binding.settings;
    expect((await session.inspect()).map(({ subject, status, detail }) => ({ subject, status, detail }))).toEqual([
      { subject: 'server', status: 'ok', detail: expect.stringMatching(/^The blackbox exporter \d\S+ at .*, ready$/) },
      { subject: 'configuration', status: 'ok', detail: `${String(directory)}/blackbox.yml` },
      { subject: 'reload', status: 'ok', detail: 'allowed' },
      { subject: 'checker', status: 'ok', detail: check },
    ]);
  });

  it('runs what it had when its file is gone', async () => {
    const target = await openForTest();
    await rm(path.join(String(target.binding.settings.directory), 'blackbox.yml'));
    expect(await blackboxProvider.open(target.binding, plainContext()).compareRunning()).toMatchObject({
      state: 'behind',
      differences: [
        expect.stringMatching(/the blackbox exporter still runs the configuration that it had \(\d+ modules?\)/),
      ],
      isLeftOver: true,
    });
  });

  it.each([
    {
      name: 'a module more',
      text: 'modules: {http_2xx: {prober: http}, new: {prober: tcp}}',
      difference: '/modules/new of blackbox.yml is not what the exporter runs.',
    },
    {
      name: 'a module less',
      text: 'modules: {}',
      difference: 'The exporter runs with /modules/http_2xx, which is not in blackbox.yml.',
    },
    {
      name: 'a setting less',
      text: 'modules: {http_2xx: {prober: http}}',
      loaded: 'modules: {http_2xx: {prober: http, timeout: 3s, http: {method: POST}}}',
      difference: 'The exporter runs with /modules/http_2xx/timeout, which is not in blackbox.yml.',
    },
    {
      name: 'a file that is broken',
      text: 'modules: [',
      difference: 'blackbox.yml cannot be read, so the exporter cannot have loaded it.',
    },
  ])('runs something else than its file says: $name', async ({ text, difference, loaded = loadedText }) => {
    const target = await openForTest();
    const session = blackboxProvider.open(target.binding, plainContext());
    const file = path.join(String(target.binding.settings.directory), 'blackbox.yml');
    await writeFile(file, loaded);
    expect(await session.commit()).toMatchObject({ accepted: true });
    expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
    await writeFile(file, text);
    expect(await session.compareRunning()).toEqual({ state: 'behind', differences: [difference], isLoadable: true });
  });
});

const loadedText = 'modules: {http_2xx: {prober: http}}';

/** A target that goes when the test is over, however it ends. */
async function openForTest(): Promise<TargetUnderTest> {
  const target = await openExporter();
  onTestFinished(() => target.close());
  return target;
}

async function openExporter(): Promise<TargetUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-blackbox-'));
  const directory = path.join(folder, 'etc');
  await mkdir(directory);
  const file = path.join(directory, 'blackbox.yml');
  await writeFile(file, 'modules: {}\n');
  const program = programs.path('prometheus-blackbox-exporter');
  const server = await startProgram({
    program,
    args: (port) => [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`],
    ready: '/-/healthy',
  });
  const settings = { directory, url: server.url, check: program };
  return {
    binding: { stack: 'plant', target: 'blackbox', provider: 'blackbox', settings },
    contents: () => directoryContents(directory),
    fingerprint: () => directoryFingerprint(directory),
    changeByHand: () => writeFile(file, 'modules: {http_2xx: {prober: http, timeout: 6s}}\n'),
    breakByHand: () => writeFile(file, 'modules: {'),
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}
