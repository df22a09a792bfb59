import { describe, expect, it } from 'vitest';
import { commands } from '../index.ts';
import { complete } from './candidates.ts';

const names = {
  stack: ['hq', 'plant-1'],
  address: ['plant-1/file/motd'],
  environment: ['lab'],
  item: ['h-1'],
  person: ['anna', 'boris'],
  tenant: ['erp', 'mes'],
  alert: ['HostDown'],
  dashboard: ['plant-1/host'],
  file: [],
  directory: [],
};

describe('completion', () => {
  it.each([
    { name: 'a part of a command', words: ['va'], offered: ['validate'] },
    { name: 'a command of a group', words: ['state', 's'], offered: ['show'] },
    { name: 'the group itself, once', words: ['sta'], offered: ['state'] },
    {
      name: 'a command behind a global option and its value',
      words: ['--environment', 'lab', 'pl'],
      offered: ['plan'],
    },
    { name: 'an option of the command', words: ['plan', '--allow'], offered: ['--allow-deletes'] },
    { name: 'a global option of the command', words: ['plan', '--js'], offered: ['--json'] },
    { name: 'the stacks of the repository', words: ['plan', '--stack', ''], offered: ['hq', 'plant-1'] },
    { name: 'the environments of the repository', words: ['plan', '--environment', 'l'], offered: ['lab'] },
    { name: 'the people who may have approved', words: ['apply', '--approved-by', 'a'], offered: ['anna'] },
    { name: 'the tenants that are isolated', words: ['tenancy', 'verify', '--tenant', 'm'], offered: ['mes'] },
    { name: 'the choices of an option', words: ['validate', '--format', 's'], offered: ['sarif'] },
    { name: 'the choices of an argument', words: ['completion', 'z'], offered: ['zsh'] },
    { name: 'an address as an argument', words: ['explain', 'plant'], offered: ['plant-1/file/motd'] },
    {
      name: 'another address where several may stand',
      words: ['adopt', 'a/b/c', 'pl'],
      offered: ['plant-1/file/motd'],
    },
    { name: 'a dashboard', words: ['dashboards', 'preview', 'pl'], offered: ['plant-1/host'] },
    { name: 'nothing where any text may stand', words: ['plan', '--parallel', ''], offered: [] },
    { name: 'no hidden command', words: ['__'], offered: [] },
  ])('offers $name', async ({ words, offered }) => {
    const completion = await complete(words, commands, async (kind) => names[kind]);
    expect(
      completion.kind === 'candidates' ? completion.candidates.map(({ value }) => value) : completion.kind,
    ).toEqual(offered);
  });

  it('leaves files to the shell', async () => {
    expect(await complete(['apply', ''], commands, async () => [])).toEqual({ kind: 'files' });
    expect(await complete(['dashboards', 'preview', './n'], commands, async () => ['plant-1/host'])).toEqual({
      kind: 'files',
    });
    expect(await complete(['plan', '--out', 'x'], commands, async () => [])).toEqual({ kind: 'files' });
  });
});
