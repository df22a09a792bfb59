import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeStateBackend } from '../../testing/describe-state-backend.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createFileBackend } from './file-backend.ts';

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
