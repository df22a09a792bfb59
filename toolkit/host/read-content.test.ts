import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readContentFiles } from './read-content.ts';

let repository = '';

beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'opsctl-content-'));
  await mkdir(join(repository, 'cmdb/items/plants'), { recursive: true });
});

let server: Server | null = null;

afterEach(async () => {
  server?.close();
  server = null;
  await rm(repository, { recursive: true, force: true });
});

async function listenAt(path: string): Promise<void> {
  server = createServer();
  await new Promise<void>((resolve) => server?.listen(path, resolve));
}

async function put(path: string, text: string): Promise<void> {
  await writeFile(join(repository, path), text);
}

it('reads YAML and CSV in all folders below, by path, and nothing else', async () => {
  for (const name of ['b.yaml', 'plants/a.CSV', 'a.yml', '主机.csv', 'code.ts', '.#b.yaml', '~$b.csv'])
    await put(`cmdb/items/${name}`, name);
  await mkdir(join(repository, 'cmdb/items/.hidden'));
  await put('cmdb/items/.hidden/c.yaml', 'x');
  const { files, diagnostics } = await readContentFiles(repository);
  expect(files.map(({ path, bytes }) => `${path} ${Buffer.from(bytes)}`)).toEqual([
    'cmdb/items/a.yml a.yml',
    'cmdb/items/b.yaml b.yaml',
    'cmdb/items/plants/a.CSV plants/a.CSV',
    'cmdb/items/主机.csv 主机.csv',
  ]);
  expect(diagnostics).toEqual([]);
});

it('a repository without inventories has none', async () => {
  await rm(join(repository, 'cmdb'), { recursive: true });
  expect(await readContentFiles(repository)).toEqual({ files: [], diagnostics: [] });
});

it('a link inside the repository is read', async () => {
  await put('cmdb/real.csv', 'id');
  await symlink('../real.csv', join(repository, 'cmdb/items/host.csv'));
  expect((await readContentFiles(repository)).files.map(({ path }) => path)).toEqual(['cmdb/items/host.csv']);
});

it.each([
  {
    name: 'a link that leaves the repository',
    make: (path: string) => symlink('/etc/hostname', path),
    code: 'content-file/outside',
  },
  { name: 'a link to nothing', make: (path: string) => symlink('nothing', path), code: 'content-file/broken-link' },
  { name: 'a link to itself', make: (path: string) => symlink('host.csv', path), code: 'content-file/broken-link' },
  {
    name: 'a link to a directory',
    make: (path: string) => symlink('plants', path),
    code: 'content-file/no-plain-file',
  },
  { name: 'a socket', make: listenAt, code: 'content-file/no-plain-file' },
  {
    name: 'a file of 100 MB',
    make: async (path: string) => {
      await writeFile(path, '');
      await truncate(path, 100 * 1024 * 1024);
    },
    code: 'content-file/too-large',
  },
])('$name is refused', async ({ make, code }) => {
  await make(join(repository, 'cmdb/items/host.csv'));
  const { files, diagnostics } = await readContentFiles(repository);
  expect(files).toEqual([]);
  expect(diagnostics).toMatchObject([{ code, severity: 'error', position: { file: 'cmdb/items/host.csv' } }]);
});

it('a link into .git is refused', async () => {
  await mkdir(join(repository, '.git'));
  await put('.git/config.csv', 'secret');
  await symlink('../../.git/config.csv', join(repository, 'cmdb/items/host.csv'));
  expect((await readContentFiles(repository)).diagnostics).toMatchObject([{ code: 'content-file/outside' }]);
});

it('a spreadsheet is pointed out', async () => {
  await put('cmdb/items/host.xlsx', 'x');
  expect((await readContentFiles(repository)).diagnostics).toMatchObject([
    { code: 'content-file/spreadsheet', severity: 'warning' },
  ]);
});
