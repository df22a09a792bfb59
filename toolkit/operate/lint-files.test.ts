import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readForeignFiles } from './lint-files.ts';

let base = '';

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'opsctl-lint-'));
  for (const folder of ['rules/deep', 'rules/node_modules', 'rules/.git'])
    await mkdir(join(base, folder), { recursive: true });
  const files = ['rules/b.yml', 'rules/a.yaml', 'rules/deep/c.json', 'rules/d.rules', 'rules/readme.md'];
  for (const file of [...files, 'rules/node_modules/e.yml', 'rules/.git/f.yml', 'plain'])
    await writeFile(join(base, file), file);
  await writeFile(join(base, 'rules/wide.yml'), Buffer.from('\ufeffgroups:', 'utf16le'));
  await symlink('nowhere', join(base, 'rules/gone.yml'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('files that are linted', () => {
  it.each([
    {
      name: 'are those of a folder that may be rules, configurations or dashboards, by their paths',
      places: ['rules'],
      paths: ['rules/a.yaml', 'rules/b.yml', 'rules/d.rules', 'rules/deep/c.json'],
    },
    { name: 'are those that are named, whatever they are called', places: ['plain'], paths: ['plain'] },
    { name: 'are read once', places: ['rules/deep', 'rules/deep/c.json'], paths: ['rules/deep/c.json'] },
  ])('$name', async ({ places, paths }) => {
    const { files } = await readForeignFiles(places, base);
    expect(files.map(({ path }) => path)).toEqual(paths);
  });

  it('that cannot be read are told, and the others are judged', async () => {
    const { diagnostics } = await readForeignFiles(['rules'], base);
    expect(diagnostics.map(({ code, subject }) => [code, subject])).toEqual([
      ['host/no-such-file', 'rules/gone.yml'],
      ['encoding/not-utf-8', 'rules/wide.yml'],
    ]);
  });

  it('that are named and not there are a failure', async () => {
    await expect(readForeignFiles(['nowhere'], base)).rejects.toMatchObject({
      diagnostic: { code: 'lint-file/no-such-place', subject: 'nowhere' },
    });
  });
});
