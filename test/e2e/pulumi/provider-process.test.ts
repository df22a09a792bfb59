import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propertiesOf } from '../../../toolkit/engine/pulumi/object-properties.ts';
import { providerText } from '../../../toolkit/engine/pulumi/provider-text.ts';
import { type Address, type JsonObject, plainLifecycle } from '../../../toolkit/model/index.ts';
import { makeWorkplace } from '../../support/opsctl.ts';
import { type ProviderProcess, startProviderProcess } from '../../support/pulumi-provider.ts';

const { folder, opsctl, remove } = makeWorkplace();
const secret = 'not-for-anybody';
let provider: ProviderProcess;

beforeAll(async () => {
  expect(opsctl('init .').status).toBe(0);
  provider = await startProviderProcess({ OPSCTL_DIRECTORY: folder, CMDB_TOKEN: secret });
});
afterAll(async () => {
  await provider.stop();
  remove();
});

const file = (name: string, content: string, more: JsonObject = {}) => ({
  __provider: providerText('object'),
  ...propertiesOf({
    environment: 'lab',
    address: `plant-1/file/${name}` as Address,
    type: 'file',
    target: 'cmdb',
    owner: 'ops',
    spec: { path: `notes/${name}.txt`, content },
    dependsOn: [],
    lifecycle: plainLifecycle,
    salt: null,
    binding: null,
  }),
  ...more,
});
const placeOf = (name: string) => join(folder, 'out/plant-1/cmdb/notes', `${name}.txt`);

describe("Pulumi's own process for dynamic providers, asked as its engine asks it", () => {
  it('what a real system would refuse is refused before anything is done', async () => {
    const answer = await provider.check(file('bad', 'x', { spec: { path: '../bad', content: 'x' } }));
    expect(answer.failures).toEqual([
      expect.objectContaining({ property: 'spec', reason: expect.stringContaining('../bad') }),
    ]);
  });

  it('an object is made, found unchanged, found changed by hand, changed, and removed', async () => {
    const { inputs } = await provider.check(file('life', 'one\n'));
    const made = await provider.create(inputs);
    expect(made.id).toBe('plant-1/file/life');
    expect(readFileSync(placeOf('life'), 'utf8')).toBe('one\n');
    expect(await provider.diff(made.properties, inputs)).toEqual({ changes: 'none', replaces: [] });

    writeFileSync(placeOf('life'), 'by hand\n');
    const seen = await provider.read(made.id, made.properties);
    expect(seen.properties['spec']).toEqual({ path: 'notes/life.txt', content: 'by hand\n' });
    expect(await provider.diff(seen.properties, inputs)).toEqual({ changes: 'some', replaces: [] });

    const { inputs: wanted } = await provider.check(file('life', 'two\n'));
    const changed = await provider.update(made.id, seen.properties, wanted);
    expect(readFileSync(placeOf('life'), 'utf8')).toBe('two\n');

    await provider.delete(made.id, changed.properties);
    expect(existsSync(placeOf('life'))).toBe(false);
  });

  it('an object that is gone has no id, which tells the engine so', async () => {
    const { inputs } = await provider.check(file('gone', 'x\n'));
    const made = await provider.create(inputs);
    await provider.delete(made.id, made.properties);
    expect((await provider.read(made.id, made.properties)).id).toBe('');
  });

  it('another place is a replacement', async () => {
    const { inputs } = await provider.check(file('moved', 'x\n'));
    const made = await provider.create(inputs);
    const { inputs: wanted } = await provider.check(
      file('moved', 'x\n', { spec: { path: 'notes/else.txt', content: 'x\n' } }),
    );
    expect(await provider.diff(made.properties, wanted)).toEqual({ changes: 'some', replaces: ['spec'] });
  });

  it('what stands in the way and is none of ours is not written over', async () => {
    mkdirSync(join(folder, 'out/plant-1/cmdb/notes'), { recursive: true });
    writeFileSync(placeOf('theirs'), 'somebody else\n');
    const { inputs } = await provider.check(file('theirs', 'ours\n'));
    await expect(provider.create(inputs)).rejects.toThrow('Object is there already');
    expect(readFileSync(placeOf('theirs'), 'utf8')).toBe('somebody else\n');
  });

  it('what stands there exactly as declared is taken over without a write', async () => {
    writeFileSync(placeOf('same'), 'equal\n');
    const { inputs } = await provider.check(file('same', 'equal\n'));
    expect((await provider.create(inputs)).id).toBe('plant-1/file/same');
  });

  it('a secret reaches the real system, and neither its value nor anything like it what Pulumi keeps', async () => {
    const spec = { path: 'notes/token.txt', content: { $secret: 'env:CMDB_TOKEN' } };
    const { inputs } = await provider.check(file('token', '', { spec, salt: 'salt' }));
    const made = await provider.create(inputs);
    expect(readFileSync(placeOf('token'), 'utf8')).toContain(secret);
    expect(JSON.stringify([inputs, made.properties])).not.toContain(secret);
    expect(made.properties['secrets']).toEqual({ 'env:CMDB_TOKEN': expect.stringMatching(/^hmac-sha256:/) });
    expect(await provider.diff(made.properties, inputs)).toEqual({ changes: 'none', replaces: [] });
    const rotated = { ...made.properties, secrets: { 'env:CMDB_TOKEN': 'hmac-sha256:of-the-former-value' } };
    expect(await provider.diff(rotated, inputs)).toEqual({ changes: 'some', replaces: [] });
  });

  it('many objects at once are all in place when they are said to be', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `many-${index}`);
    const checked = await Promise.all(names.map((name) => provider.check(file(name, `${name}\n`))));
    await Promise.all(checked.map(({ inputs }) => provider.create(inputs)));
    expect(names.map((name) => readFileSync(placeOf(name), 'utf8'))).toEqual(names.map((name) => `${name}\n`));
  });
});
