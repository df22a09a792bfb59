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
});

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
