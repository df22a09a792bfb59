import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeDirectory } from './make-directory.ts';

async function room(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'opsctl-make-directory-'));
  onTestFinished(() => rm(root, { recursive: true }));
  return root;
}

it('makes all that is missing, and says what', async () => {
  const root = await room();
  expect(await makeDirectory(join(root, 'a/b/c'), 0o700)).toEqual([
    join(root, 'a'),
    join(root, 'a/b'),
    join(root, 'a/b/c'),
  ]);
  expect((await stat(join(root, 'a/b/c'))).mode & 0o777).toBe(0o700);
  expect(await makeDirectory(join(root, 'a/b'))).toEqual([]);
});

it('takes a link to a directory for one', async () => {
  const root = await room();
  await mkdir(join(root, 'real'));
  await symlink('real', join(root, 'link'));
  expect(await makeDirectory(join(root, 'link/below'))).toEqual([join(root, 'link/below')]);
});

it('lets several ask for the same at once', async () => {
  const root = await room();
  await Promise.all(Array.from({ length: 20 }, () => makeDirectory(join(root, 'a/b/c'))));
  expect((await stat(join(root, 'a/b/c'))).isDirectory()).toBe(true);
});

it.each([
  { name: 'a link that leads nowhere', path: 'dangling', code: 'host/dangling-link' },
  { name: 'below a link that leads nowhere', path: 'dangling/below', code: 'host/dangling-link' },
  { name: 'a file', path: 'file', code: 'host/not-a-directory' },
  { name: 'below a file', path: 'file/below', code: 'host/not-a-directory' },
])('is refused where $name is in the way', async ({ path, code }) => {
  const root = await room();
  await symlink('nowhere', join(root, 'dangling'));
  await writeFile(join(root, 'file'), '');
  await expect(makeDirectory(join(root, path))).rejects.toMatchObject({ diagnostic: { code } });
});

it('ends where a file system has no room for directories', async () => {
  await expect(makeDirectory('/proc/opsctl/below')).rejects.toMatchObject({
    diagnostic: { code: 'host/file-error', detail: expect.stringContaining('makes no directory there') },
  });
});
