import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../diagnostics/index.ts';
import { durableFiles } from '../../host/durable-files.ts';
import { fileFailure } from '../../host/file-failure.ts';
import { describeStateBackend } from '../../testing/describe-state-backend.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createFileBackend } from './file-backend.ts';
import { loadStack } from './load-stack.ts';

describeStateBackend('of files', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opsctl-state-'));
  return {
    clients: [createFileBackend(root), createFileBackend(root)],
    dispose: () => rm(root, { recursive: true }),
  };
});

describeStateBackend('of memory', async () => {
  const backend = createMemoryBackend();
  return { clients: [backend, backend], dispose: async () => {} };
});

it('makes files and folders that only their owner can read, and leaves nothing temporary', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opsctl-state-'));
  const store = createFileBackend(join(root, 'state')).open({ environment: 'test', stack: 'east' });
  await store.writeState(Buffer.from('one'));
  await store.writeState(Buffer.from('two'));
  await store.rotateJournal('a\n');
  await store.rotateJournal('b\n');
  await (await store.openJournal(2)).close();
  await store.lock.swap(await store.lock.read(), 'lease');
  const directory = join(root, 'state', 'test', 'east');
  const names = (await readdir(directory)).sort();
  const modes = await Promise.all(
    names.map(async (name) => ((await stat(join(directory, name))).mode & 0o777).toString(8)),
  );
  expect(Object.fromEntries(names.map((name, index) => [name, modes[index]]))).toEqual({
    'journal.jsonl': '600',
    'journal.previous.jsonl': '600',
    'lock.1.json': '600',
    'state.json': '600',
    'state.previous.json': '600',
  });
  for (const folder of ['state', 'state/test', 'state/test/east'])
    expect(((await stat(join(root, folder))).mode & 0o777).toString(8)).toBe('700');
  await rm(root, { recursive: true });
});

it('goes on behind a line of the history that was cut off, on a line of its own', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opsctl-state-'));
  const store = createFileBackend(root).open({ environment: 'test', stack: 'east' });
  await store.appendHistory('one\n');
  await writeFile(join(root, 'test/east/history.jsonl'), 'one\ntw');
  await store.appendHistory('three\n');
  expect(Buffer.from((await store.readHistory()) ?? []).toString()).toBe('one\ntw\nthree\n');
  expect((await stat(join(root, 'test/east/history.jsonl'))).mode & 0o777).toBe(0o600);
  await rm(root, { recursive: true });
});

describe('a place that cannot be looked into', () => {
  const roots: string[] = [];
  afterEach(async () => {
    for (const root of roots.splice(0)) await rm(root, { recursive: true });
  });
  const newRoot = async () => {
    const root = await mkdtemp(join(tmpdir(), 'opsctl-state-'));
    roots.push(root);
    return root;
  };
  const codeOf = (error: unknown) => (error instanceof Failure ? error.diagnostic : error);

  it('is no empty environment when a file is where its folder should be', async () => {
    const root = await newRoot();
    await writeFile(join(root, 'test'), '');
    expect(await createFileBackend(root).listStacks('test').catch(codeOf)).toMatchObject({
      code: 'host/not-a-directory',
      subject: join(root, 'test'),
    });
  });

  it.each([
    { code: 'EACCES', told: 'host/no-permission' },
    { code: 'EIO', told: 'host/file-error' },
    { code: 'ENOTDIR', told: 'host/not-a-directory' },
    { code: 'ELOOP', told: 'host/symbolic-link' },
  ])('is listed as a stack, and reading it tells of $code', async ({ code, told }) => {
    const root = await newRoot();
    const folder = join(root, 'test', 'east');
    const refuse = (path: string) => {
      throw fileFailure('list', path, Object.assign(new Error(`${code}: refused`), { code }));
    };
    const files = {
      ...durableFiles,
      list: async (path: string) => (path.startsWith(folder) ? refuse(path) : await durableFiles.list(path)),
      read: async (path: string) => (path.startsWith(folder) ? refuse(path) : await durableFiles.read(path)),
    };
    await mkdir(folder, { recursive: true });
    const backend = createFileBackend(root, files);
    expect(await backend.listStacks('test')).toEqual(['east']);
    const result = await loadStack(backend.open({ environment: 'test', stack: 'east' }));
    expect(result.ok ? [] : result.diagnostics).toMatchObject([
      { code: told, severity: 'error', subject: join(folder, 'journal.jsonl') },
    ]);
  });

  it('is passed over where its name is that of no stack', async () => {
    const root = await newRoot();
    for (const name of ['.DS_Store', 'README.md', 'lost+found']) {
      await mkdir(join(root, 'test'), { recursive: true });
      await writeFile(join(root, 'test', name), '');
    }
    expect(await createFileBackend(root).listStacks('test')).toEqual([]);
  });
});

it('keeps every file aside that a repair may replace', async () => {
  const root = await mkdtemp(join(tmpdir(), 'opsctl-state-'));
  const store = createFileBackend(root).open({ environment: 'test', stack: 'east' });
  for (const content of ['former', 'damaged']) {
    await store.writeState(Buffer.from(`${content} state`));
    await store.rotateJournal(`${content} journal\n`);
  }
  const kept = await store.keepAside('damaged-1');
  for (const content of ['repaired', 'again']) {
    await store.writeState(Buffer.from(content));
    await store.rotateJournal(content);
  }
  const texts = await Promise.all(kept.map(async (path) => [basename(path), await readFile(path, 'utf8')]));
  expect(Object.fromEntries(texts)).toEqual({
    'damaged-1.state.json': 'damaged state',
    'damaged-1.state.previous.json': 'former state',
    'damaged-1.journal.jsonl': 'damaged journal\n',
    'damaged-1.journal.previous.jsonl': 'former journal\n',
  });
  await rm(root, { recursive: true });
});
