import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPlaces } from './check-places.ts';

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'opsctl-places-')));
  await mkdir(join(root, 'etc'));
  await mkdir(join(root, 'cmdb'));
  await writeFile(join(root, 'file'), '');
  await symlink('etc', join(root, 'link'));
  await symlink('nowhere', join(root, 'dangling'));
  await symlink('circle', join(root, 'circle'));
  await symlink('cmdb', join(root, 'content'));
});
afterAll(() => rm(root, { recursive: true }));

const boundAt = () => ({ file: 'stacks/bindings/lab.yaml', line: 3, column: 5 });

/** What is found for targets `a/files`, `b/files`, ... in these directories, when the stacks are planned. */
function check(directories: readonly string[], stacks: readonly string[]) {
  const targets = directories.map((directory, index) => ({
    stack: 'abc'.charAt(index),
    target: 'files',
    provider: 'files',
    settings: { directory: join(root, directory) },
  }));
  const bindings = { environment: 'lab', targets, addresses: {}, speed: 1 };
  const repository = {
    root,
    environment: 'lab',
    bindingsFile: null,
    bindings,
    boundAt,
    stateRoot: root,
    states: { listStacks: async () => [], load: () => Promise.reject(new Error('not asked')) },
    recordedStates: async () => new Map(),
    earlyReadings: { begin: () => undefined, of: async () => new Map(), unanswered: async () => new Map() },
  };
  const wiring = { providers: [{ name: 'files' }] } as unknown as Parameters<typeof checkPlaces>[2];
  return checkPlaces(repository, stacks, wiring);
}

describe('checkPlaces', () => {
  it.each([['etc'], ['not/made/yet'], ['link/sub']])('%s can be the directory of a target', async (directory) => {
    expect(await check([directory], ['a'])).toEqual([]);
  });

  it.each([
    { directory: 'file', reason: '/file is a file, not a directory' },
    { directory: 'file/below/it', reason: '/file is a file, not a directory' },
    { directory: 'dangling', reason: '/dangling is a link to something that is not there' },
    { directory: 'dangling/below', reason: '/dangling is a link to something that is not there' },
    { directory: 'circle', reason: '/circle lead in a circle' },
  ])('$directory cannot be one, where it is bound', async ({ directory, reason }) => {
    expect(await check([directory], ['a'])).toMatchObject([
      {
        code: 'operate/place-unusable',
        subject: 'a/files',
        position: { line: 3 },
        detail: expect.stringContaining(reason),
      },
    ]);
    expect(await check([directory], ['another stack'])).toEqual([]);
  });

  it('one directory by two names is found, though only one of the stacks is planned', async () => {
    expect(await check(['etc', 'link/sub'], ['b'])).toMatchObject([
      { code: 'bindings/shared-place', subject: 'b/files' },
    ]);
  });

  it('content by another name is found', async () => {
    expect(await check(['content/items'], ['a'])).toMatchObject([{ code: 'bindings/reserved-place' }]);
  });
});
