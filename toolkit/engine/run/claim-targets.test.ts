import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openFileSession } from '../../host/file-set/index.ts';
import { type Address, type JsonObject, makeAddress, type Resource } from '../../model/index.ts';
import { applyOnBench, type Bench, planOnBench } from '../../testing/apply-harness.ts';
import { plainResource, testTypes } from '../../testing/arbitraries.ts';
import { createMemoryBackend } from '../../testing/memory-backend.ts';
import { createMemoryTarget } from '../../testing/memory-target.ts';

function note(name: string, level = 0): Resource {
  const address = makeAddress({ stack: 'east', type: 'note', name });
  return plainResource(address, { spec: { path: `main/${name}`, level, tags: [] } });
}

function notesIn(directory: string, check: () => Promise<void> = async () => {}) {
  return openFileSession<Address, JsonObject>({
    directory,
    kinds: [
      {
        type: 'note',
        path: ({ path }) => `${String(path)}.json`,
        print: (spec) => JSON.stringify(spec),
        parse: (text) => ({ state: 'present', spec: JSON.parse(text) as JsonObject }),
        identity: ({ path }) => ({ path: path ?? '' }),
      },
    ],
    activation: {
      async check() {
        await check();
        return { accepted: true, note: 'checked' };
      },
    },
    ownFolders: [''],
    recognise: () => null,
    foreign: (file) => ({ type: 'file', name: file, spec: {} }),
  });
}

/** A clone of the repository: a state of its own, and the same directory. */
function cloneOf(directory: string, check?: () => Promise<void>): Bench {
  const { provider } = createMemoryTarget({ types: testTypes, staging: 'deferred' });
  const open = () => ({ ...provider.open({} as never, {} as never), ...notesIn(directory, check) });
  return { backend: createMemoryBackend(), providers: [{ ...provider, open }], types: testTypes, stacks: ['east'] };
}

async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'opsctl-claim-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

it('of two clones that apply to one directory, the second says who works there, and then that the world has moved', async () => {
  const directory = await makeDirectory();
  let letGo = () => {};
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let meets = () => {};
  const hasMet = new Promise<void>((resolve) => {
    meets = resolve;
  });
  const first = cloneOf(directory, async () => {
    meets();
    await isLetGo;
  });
  const second = cloneOf(directory);
  const [one, other] = [await planOnBench(first, [note('a', 1)]), await planOnBench(second, [note('a', 2)])];
  const applying = applyOnBench(first, one.plan, { settings: { timeouts: { commitMs: 10_000 } } });
  await hasMet;
  await expect(applyOnBench(second, other.plan)).rejects.toMatchObject({ diagnostic: { code: 'file-set/in-use' } });
  expect(await notesIn(directory).discover([])).toEqual([]);
  const waiting = applyOnBench(second, other.plan, { lockTimeoutMs: 60_000 }).catch((error: unknown) => error);
  letGo();
  expect((await applying).outcomes).toMatchObject([{ status: 'done' }]);
  expect(await waiting).toMatchObject({ diagnostic: { code: 'engine/stale-plan' } });
  expect(JSON.parse(await readFile(path.join(directory, 'main/a.json'), 'utf8'))).toMatchObject({ level: 1 });
  expect(await readdir(directory)).toEqual(['main']);
});

it('a run whose claim was taken away moves no file into place', async () => {
  const directory = await makeDirectory();
  const session = notesIn(directory);
  await session.claim();
  await session.stage({ kind: 'write', address: 'east/note/a' as Address, type: 'note', spec: { path: 'a' } });
  const staged = path.join(directory, '.opsctl-staged');
  await writeFile(path.join(staged, 'lease-all.json'), JSON.stringify({ id: 'other', owner: { pid: 1 } }));
  expect(await session.commit()).toMatchObject({ accepted: false, diagnostic: { code: 'file-set/lease-lost' } });
  await session.close();
  expect([await readdir(directory), await readdir(staged)]).toEqual([['.opsctl-staged'], ['lease-all.json']]);
});
