import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type JsonObject, makeAddress, type Resource } from '../../model/index.ts';
import {
  describeProvider,
  directoryContents,
  directoryFingerprint,
  plainContext,
  type TargetUnderTest,
} from '../../testing/index.ts';
import { filesProvider } from './provider.ts';

const motd = {
  address: makeAddress({ stack: 'plant', type: 'file', name: 'motd' }),
  type: 'file',
  spec: { path: 'etc/motd', content: 'Welcome.\n' },
  changedSpec: { path: 'etc/motd', content: 'Welcome.\nMaintenance tonight.\n' },
};
const settings = {
  address: makeAddress({ stack: 'plant', type: 'file', name: 'settings' }),
  type: 'file',
  spec: { path: 'settings.json', json: { level: 1, names: ['泵站', 'b'] } },
  changedSpec: { path: 'settings.json', json: { level: 2, names: [] } },
};
const pump = {
  address: makeAddress({ stack: 'plant', type: 'cmdb-record', name: '泵-1' }),
  type: 'cmdb-record',
  spec: { item: '泵-1', record: { id: '泵-1', class: 'host' } },
  changedSpec: { item: '泵-1', record: { id: '泵-1', class: 'host', stage: 'retired' } },
};

describeProvider('files', {
  provider: filesProvider,
  open: openDirectory,
  samples: [motd, settings, pump],
  specs: {
    file: fc.record({ path: fc.constantFrom('a.txt', 'b/c.txt'), content: fc.string({ unit: 'grapheme' }) }),
    'cmdb-record': fc.record({
      item: fc.stringMatching(/^[a-z0-9泵站._~%-]{1,80}$/),
      record: fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>,
    }),
  },
});

describe('validate', () => {
  it.each([
    { name: 'a path that leaves the directory', spec: { path: '../x', content: '' }, code: 'files/bad-path' },
    { name: 'an absolute path', spec: { path: '/etc/x', content: '' }, code: 'files/bad-path' },
    {
      name: 'a path into the folder of staged writes',
      spec: { path: '.opsctl-staged/x', content: '' },
      code: 'files/bad-path',
    },
    { name: 'a file with neither text nor JSON', spec: { path: 'x' }, code: 'files/bad-spec' },
    { name: 'a file with both', spec: { path: 'x', content: '', json: {} }, code: 'files/bad-spec' },
  ])('refuses $name', ({ spec, code }) => {
    const found = filesProvider.validate({ ...resource, type: 'file', spec });
    expect(found.map((one) => [one.code, one.position])).toEqual([[code, resource.source]]);
  });

  it('refuses a record without an item', () => {
    const found = filesProvider.validate({ ...resource, type: 'cmdb-record', spec: { record: {} } });
    expect(found.map((one) => one.code)).toEqual(['files/bad-spec']);
  });

  it('takes a secret for the text of a file', () => {
    const spec = { path: 'token', content: { $secret: 'env:TOKEN' } };
    expect(filesProvider.validate({ ...resource, type: 'file', spec })).toEqual([]);
  });
});

describe('the permissions of a file', () => {
  const token = { address: motd.address, type: 'file', spec: { path: 'token', content: { $secret: 'env:TOKEN' } } };
  const resolved = { ...token, spec: { path: 'token', content: 'sesame' }, sensitive: true };

  it.each([
    { name: 'of the binding', settings: { fileMode: '0640' }, object: motd, by: 0o644, wrong: '0644 instead of 0640' },
    { name: 'of a secret', settings: {}, object: token, by: 0o644, wrong: '0644 instead of 0640' },
    {
      name: 'of a secret, by the binding',
      settings: { fileMode: '0400' },
      object: token,
      by: 0o600,
      wrong: '0600 instead of 0400',
    },
  ])('are drift when somebody changes them, and put right: $name', async ({ settings, object, by, wrong }) => {
    const target = await openDirectory();
    onTestFinished(() => target.close());
    const binding = { ...target.binding, settings: { ...target.binding.settings, ...settings } };
    const session = filesProvider.open(binding, plainContext({ resolveSecret: async () => 'sesame' }));
    const written = object === token ? resolved : object;
    const { address, type, spec } = object;
    const seen = async () => (await session.readMany([{ address, type, spec }])).get(address);
    await session.stage({ kind: 'write', ...written });
    await session.commit();
    expect(await seen()).toEqual({ state: 'present', spec });

    const file = path.join(String(target.binding.settings.directory), String(spec.path));
    await chmod(file, by);
    expect(await seen()).toEqual({ state: 'present', spec: { ...spec, fileMode: wrong } });
    await session.stage({ kind: 'write', ...written });
    expect(await session.commit()).toMatchObject({ accepted: true, note: '1 written, 0 removed' });
    expect(await seen()).toEqual({ state: 'present', spec });
  });

  it('are nobody’s business where neither the binding nor a secret says anything', async () => {
    const target = await openDirectory();
    onTestFinished(() => target.close());
    const session = filesProvider.open(target.binding, plainContext());
    const { address, type, spec } = motd;
    await session.stage({ kind: 'write', address, type, spec });
    await session.commit();
    await chmod(path.join(String(target.binding.settings.directory), String(spec.path)), 0o600);
    expect((await session.readMany([motd])).get(address)).toEqual({ state: 'present', spec });
  });
});

const resource: Resource = {
  address: motd.address,
  aliases: [],
  type: 'file',
  target: 'files',
  spec: {},
  dependsOn: [],
  owner: 'team',
  tenant: null,
  tier: 'L3',
  criticality: 'low',
  clauses: [],
  lifecycle: { protect: false, ignore: [], retainOnDelete: false },
  source: { file: 'stacks/plant.ts', line: 3, column: 7 },
  derivation: [],
  parts: [],
};

async function openDirectory(): Promise<TargetUnderTest> {
  const directory = await mkdtemp(path.join(tmpdir(), 'opsctl-files-'));
  const fileOf = (spec: JsonObject) => path.join(directory, String(spec.path ?? `${String(spec.item)}.json`));
  return {
    binding: { stack: 'plant', target: 'files', provider: 'files', settings: { directory } },
    contents: () => directoryContents(directory),
    fingerprint: () => directoryFingerprint(directory),
    changeByHand: ({ spec }) => writeFile(fileOf(spec), '{ "by": "hand" }'),
    breakByHand: ({ spec }) => writeFile(fileOf(spec), '{ "by": '),
    close: () => rm(directory, { recursive: true }),
  };
}
