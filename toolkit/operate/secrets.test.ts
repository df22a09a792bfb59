import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretResolver, findMissingSecrets } from './secrets.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'opsctl-secrets-'));
  await writeFile(join(root, 'full'), 'value\n');
  await writeFile(join(root, 'empty'), '\n');
});
afterAll(() => rm(root, { recursive: true }));

const resolver = () => createSecretResolver(root, { SET: 'value', EMPTY: '' });

describe('a reference to a secret', () => {
  it.each(['env:SET', 'file:full'])('%s gives the value', async (reference) => {
    expect(await resolver()(reference)).toBe('value');
  });

  it.each([
    { reference: 'env:UNSET', reason: 'the variable UNSET is not set' },
    { reference: 'env:EMPTY', reason: 'the variable EMPTY is empty' },
    { reference: 'file:none', reason: 'the file none is not there, or cannot be read' },
    { reference: 'file:empty', reason: 'the file empty is empty' },
    { reference: 'vault:x', reason: 'it is neither env:NAME nor file:PATH' },
  ])('$reference is missing, because $reason', async ({ reference, reason }) => {
    await expect(resolver()(reference)).rejects.toMatchObject({
      diagnostic: {
        code: 'operate/secret-unresolved',
        detail: `The reference ${reference} cannot be resolved: ${reason}.`,
        subject: reference,
      },
    });
  });
});

describe('findMissingSecrets', () => {
  const position = { file: 'stacks/bindings/lab.yaml', line: 3, column: 5 };
  const using = (...references: string[]) => ({ list: references.map(($secret) => ({ $secret })) });

  it('tells all that are missing at once, each with who names it and where', async () => {
    const users = [
      { name: 'prometheus of hq', spec: using('env:UNSET', 'env:SET'), position },
      { name: 'hq/file/a', spec: using('env:UNSET', 'env:EMPTY') },
    ];
    const missing = await findMissingSecrets(users, resolver());
    expect(missing.map(({ subject, detail, position: at }) => ({ subject, detail, at }))).toEqual([
      {
        subject: 'env:UNSET',
        detail:
          'The reference env:UNSET cannot be resolved: the variable UNSET is not set. It is named by prometheus of hq, hq/file/a.',
        at: position,
      },
      {
        subject: 'env:EMPTY',
        detail: 'The reference env:EMPTY cannot be resolved: the variable EMPTY is empty. It is named by hq/file/a.',
        at: undefined,
      },
    ]);
  });

  it('finds nothing when all are at hand', async () => {
    expect(await findMissingSecrets([{ name: 'a', spec: using('env:SET', 'file:full') }], resolver())).toEqual([]);
  });
});
