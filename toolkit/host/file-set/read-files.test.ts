import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listFiles } from './list-files.ts';
import { readFiles } from './read-files.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'opsctl-read-'));
});
afterEach(() => rm(root, { recursive: true }));

const place = () => path.join(root, 'a');

it.each([
  {
    name: 'a file is its text',
    make: () => writeFile(place(), '\ufeff泵\r\n'),
    seen: { state: 'text', text: '\ufeff泵\r\n' },
  },
  { name: 'nothing is absent', make: async () => {}, seen: { state: 'absent' } },
  {
    name: 'bytes that are no text',
    make: () => writeFile(place(), Buffer.from([0xff])),
    seen: unusable('it is not UTF-8 text'),
  },
  { name: 'a link', make: () => symlink('/etc/passwd', place()), seen: unusable('a symbolic link is in its place') },
  { name: 'a link to itself', make: () => symlink('a', place()), seen: unusable('a symbolic link is in its place') },
  {
    name: 'a named pipe',
    make: () => promisify(execFile)('mkfifo', [place()]),
    seen: unusable('it is not a regular file'),
  },
  {
    name: 'a huge file',
    make: () => writeFile(place(), '').then(() => truncate(place(), 2 ** 33)),
    seen: unusable('it is larger than 67108864 bytes'),
  },
])('$name', async ({ make, seen }) => {
  await make();
  expect(await readFiles(root, ['a'])).toEqual(new Map([['a', seen]]));
});

it('a directory, which no write can replace, is told of, and the others are read', async () => {
  await mkdir(place());
  await writeFile(path.join(root, 'b'), 'text');
  expect(await readFiles(root, ['a', 'b'])).toEqual(
    new Map<string, object>([
      ['a', { state: 'unreadable', reason: `A directory is in the way. Cannot read ${place()}: it is a directory.` }],
      ['b', { state: 'text', text: 'text' }],
    ]),
  );
});

it('a file where a folder should be is absent', async () => {
  await writeFile(place(), '');
  expect(await readFiles(root, ['a/b'])).toEqual(new Map([['a/b', { state: 'absent' }]]));
});

it.each(['../a', '/etc/passwd', 'a/../../b', '', 'a//b', './a', 'a\\b', 'a\0b', '.opsctl-staged/x'])(
  'the path "%s" is refused',
  async (bad) => {
    await expect(readFiles(root, [bad])).rejects.toMatchObject({ diagnostic: { code: 'file-set/outside-directory' } });
  },
);

it('a linked folder that leaves the directory is refused', async () => {
  await symlink('/etc', place());
  await expect(readFiles(root, ['a/passwd'])).rejects.toMatchObject({
    diagnostic: { code: 'file-set/outside-directory' },
  });
});

it('lists regular files, without links and hidden folders', async () => {
  for (const folder of ['b/c', '.git', '.opsctl-staged/x']) await mkdir(path.join(root, folder), { recursive: true });
  for (const file of [
    'z',
    'b/c/d',
    'b/.profile',
    '.git/config',
    '.opsctl-staged/x/1',
    '.opsctl-0123456789abcdef.tmp',
  ]) {
    await writeFile(path.join(root, file), '');
  }
  await symlink('/etc', path.join(root, 'etc'));
  await symlink('/etc/passwd', path.join(root, 'passwd'));
  expect(await listFiles(root)).toEqual(['b/.profile', 'b/c/d', 'z']);
  expect(await listFiles(root, 'b/c')).toEqual(['b/c/d']);
  expect(await listFiles(root, 'missing')).toEqual([]);
});

function unusable(reason: string) {
  return { state: 'unusable', reason };
}
