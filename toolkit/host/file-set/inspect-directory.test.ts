import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inspectDirectory } from './inspect-directory.ts';

async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'opsctl-inspect-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

it('says nothing of what can be written, or be made', async () => {
  const directory = await makeDirectory();
  await mkdir(path.join(directory, 'rules'));
  expect(await inspectDirectory(directory, ['rules', 'targets'])).toEqual([]);
  expect(await inspectDirectory(path.join(directory, 'new/deep'), ['rules'])).toEqual([]);
});

it.each([
  { name: 'the directory', below: 'file', folders: ['rules'] },
  { name: 'what it lies in', below: 'file/deep', folders: ['rules'] },
  { name: 'a folder in it', below: '', folders: ['file', 'other'] },
])('tells where $name is none', async ({ below, folders }) => {
  const directory = await makeDirectory();
  await writeFile(path.join(directory, 'file'), '');
  expect(await inspectDirectory(path.join(directory, below), folders)).toMatchObject([
    { subject: 'directory', status: 'problem', detail: expect.stringContaining('a part of the path is a file') },
  ]);
});

it.skipIf(process.getuid?.() === 0)('tells where this user may not write', async () => {
  const directory = await makeDirectory();
  await mkdir(path.join(directory, 'rules'));
  await chmod(path.join(directory, 'rules'), 0o555);
  expect(await inspectDirectory(directory, ['rules'])).toEqual([
    {
      subject: 'directory',
      status: 'problem',
      detail: `apply will fail. Cannot write ${directory}/rules: this user may not.`,
      remedy: 'Run as the user who owns it, or give this user the right.',
    },
  ]);
});
