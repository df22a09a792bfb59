import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { type JsonObject, makeAddress, type Provider } from '../../model/index.ts';
import {
  describeProvider,
  directoryContents,
  directoryFingerprint,
  plainContext,
  type TargetUnderTest,
} from '../../testing/index.ts';
import { pipelineProviders } from './index.ts';

const programs = realPrograms(['mtail']);

const program = {
  address: makeAddress({ stack: 'plant', type: 'mtail-program', name: 'lines' }),
  type: 'mtail-program',
  spec: { name: 'lines', program: 'counter lines_total\n\n/$/ {\n  lines_total++\n}\n' },
  changedSpec: { name: 'lines', program: 'counter lines_total\n\n/a/ {\n  lines_total++\n}\n' },
} as const;
const vectorConfig = {
  address: makeAddress({ stack: 'plant', type: 'vector-config', name: 'main' }),
  type: 'vector-config',
  spec: { config: { sources: { a: { type: 'file', include: ['/var/log/a.log'] } } } },
  changedSpec: { config: { sources: { a: { type: 'file', include: ['/var/log/*.log'] } } } },
} as const;
const otelcolConfig = {
  address: makeAddress({ stack: 'plant', type: 'otelcol-config', name: 'main' }),
  type: 'otelcol-config',
  spec: { config: { receivers: { 'filelog/a': { include: ['/var/log/a.log'] } } } },
  changedSpec: { config: { receivers: { 'filelog/a': { include: ['/var/log/*.log'] } } } },
} as const;

describe.skipIf(!programs.available)(programs.title('mtail, whose own compiler judges'), () => {
  describeProvider('mtail', {
    provider: providerOf('mtail'),
    open: () => openFiles('mtail', { check: programs.path('mtail') }),
    samples: [program],
    refused: {
      address: program.address,
      type: 'mtail-program',
      spec: { name: 'lines', program: 'counter lines_total\n\n/(/ {\n  lines++\n}\n' },
      reason: /^mtail refuses it: compile failed for programs\/lines\.mtail: programs\/lines\.mtail:4:/,
    },
  });

  it('is checked beside one that runs, and says that it has to be told', async () => {
    const target = await forTest(openFiles('mtail', { check: programs.path('mtail') }));
    const folder = String(target.binding.settings['directory']);
    await mkdir(path.join(folder, 'programs'), { recursive: true });
    const running = await startProgram({
      program: programs.path('mtail'),
      args: (port) => [
        ...['--progs', path.join(folder, 'programs'), '--logs', '/dev/null', '--log_dir', folder],
        ...['--address', '127.0.0.1', '--port', String(port)],
      ],
      ready: '/metrics',
    });
    onTestFinished(() => running.stop());
    const binding = { ...target.binding, settings: { ...target.binding.settings, url: running.url } };
    const session = providerOf('mtail').open(binding, plainContext());
    const { address, type, spec } = program;
    await session.stage({ kind: 'write', address, type, spec });
    expect(await session.commit()).toMatchObject({
      accepted: true,
      note: '1 written, 0 removed; checked by mtail, not loaded: mtail reads its programs when it starts and on SIGHUP, so send it that',
    });
    expect(await session.compareRunning()).toEqual({ state: 'as-placed' });
    process.kill(running.pid, 'SIGHUP');
    await expect.poll(async () => (await fetch(`${running.url}/metrics`)).text()).toMatch(/^lines_total\{/m);
    expect((await session.inspect()).map(({ subject, status }) => [subject, status])).toEqual([
      ['server', 'ok'],
      ['configuration', 'ok'],
      ['reload', 'ok'],
      ['checker', 'ok'],
    ]);
  });
});

// Neither is in Debian: what can be proved of them is the file.
describeProvider('vector', {
  provider: providerOf('vector'),
  open: () => openFiles('vector'),
  samples: [vectorConfig],
});
describeProvider('otelcol', {
  provider: providerOf('otelcol'),
  open: () => openFiles('otelcol'),
  samples: [otelcolConfig],
});

describe('a configuration with a secret', () => {
  it('has its value in the file and its reference in what is read back, and is not for others', async () => {
    const target = await forTest(openFiles('vector'));
    const session = providerOf('vector').open(target.binding, { ...plainContext(), resolveSecret: async () => 'xyz' });
    const { address, type } = vectorConfig;
    const config = (token: unknown) => ({ config: { sinks: { a: { auth: { token } } } } }) as never;
    await session.stage({ kind: 'write', address, type, spec: config('xyz'), sensitive: true });
    await session.commit();
    const file = path.join(String(target.binding.settings['directory']), 'vector.yaml');
    expect(await readFile(file, 'utf8')).toContain('token: xyz');
    const known = config({ $secret: 'env:TOKEN' });
    const seen = await session.readMany([{ address, type, spec: known }]);
    expect(seen.get(address)).toEqual({ state: 'present', spec: known });
  });
});

describe('what cannot be written', () => {
  it.each([
    { name: 'mtail', spec: { name: 'a' }, pointer: '/program must be a text.' },
    { name: 'mtail', spec: { program: 'a' }, pointer: '/name must be a text.' },
    { name: 'vector', spec: { config: 'a' }, pointer: '/config must be an object.' },
  ])('$name: $pointer', ({ name, spec, pointer }) => {
    const source = { file: 'a.ts', line: 1, column: 1 };
    const found = providerOf(name).validate({ spec, source, address: program.address } as never);
    expect(found.map(({ code, detail }) => [code, detail])).toEqual([['pipeline-program/bad-spec', pointer]]);
  });
});

function providerOf(name: string): Provider {
  const provider = pipelineProviders.find((one) => one.name === name);
  if (provider === undefined) throw new Error(`Bug: there is no provider ${name}.`);
  return provider;
}

/** A target that goes when the test is over, however it ends. */
async function forTest(opening: Promise<TargetUnderTest>): Promise<TargetUnderTest> {
  const target = await opening;
  onTestFinished(() => target.close());
  return target;
}

async function openFiles(
  name: string,
  settings: Readonly<Record<string, string>> = { check: 'none' },
): Promise<TargetUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), `opsctl-${name}-`));
  const directory = path.join(folder, 'etc');
  await mkdir(directory);
  const isText = name === 'mtail';
  const file = (spec: JsonObject) =>
    path.join(directory, isText ? `programs/${String(spec['name'])}.mtail` : `${name}.yaml`);
  const breaking = isText
    ? {}
    : { breakByHand: ({ spec }: { readonly spec: JsonObject }) => writeFile(file(spec), 'a: {') };
  return {
    binding: { stack: 'plant', target: name, provider: name, settings: { directory, ...settings } },
    contents: () => directoryContents(directory),
    fingerprint: () => directoryFingerprint(directory),
    changeByHand: ({ spec }) => writeFile(file(spec), isText ? '/$/ {\n  stop\n}\n' : 'other: { a: 1 }\n'),
    ...breaking,
    close: () => rm(folder, { recursive: true }),
  };
}
