import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../diagnostics/index.ts';
import { isTemporaryName, temporaryName, writeFileAtomically } from './atomic-write.ts';
import { durableFiles } from './durable-files.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'opsctl-write-'));
});
afterEach(() => rm(root, { recursive: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('an atomic write', () => {
  it('makes a file with the asked mode, whatever the umask, and leaves nothing beside it', async () => {
    const umask = process.umask(0o077);
    await writeFileAtomically(join(root, 'open'), 'text').finally(() => process.umask(umask));
    await writeFileAtomically(join(root, 'private'), new Uint8Array([104, 105]), { mode: 0o600 });
    expect(await readdir(root)).toEqual(['open', 'private']);
    expect([await modeOf(join(root, 'open')), await modeOf(join(root, 'private'))]).toEqual(['644', '600']);
    expect(await readFile(join(root, 'private'), 'utf8')).toBe('hi');
  });

  it('replaces a symbolic link and does not write through it', async () => {
    await writeFile(join(root, 'precious'), 'precious');
    await symlink('precious', join(root, 'link'));
    await writeFileAtomically(join(root, 'link'), 'new');
    expect(await readFile(join(root, 'precious'), 'utf8')).toBe('precious');
    expect((await lstat(join(root, 'link'))).isFile()).toBe(true);
  });

  it('of a name as long as a name can be works', async () => {
    const name = 'x'.repeat(255);
    await writeFileAtomically(join(root, name), 'text');
    expect(await readdir(root)).toEqual([name]);
  });

  it.each([
    { name: 'no such directory', path: 'missing/file', code: 'host/no-such-file' },
    { name: 'a file where a directory should be', path: 'file/file', code: 'host/not-a-directory' },
    { name: 'a directory in the way', path: 'folder', code: 'host/is-a-directory' },
  ])('is refused for $name, and leaves nothing', async ({ path, code }) => {
    await writeFile(join(root, 'file'), 'former');
    await mkdir(join(root, 'folder'));
    const failure = await writeFileAtomically(join(root, path), 'text').catch((error: unknown) => error);
    expect(failure instanceof Failure ? failure.diagnostic.code : failure).toBe(code);
    expect(await readdir(root)).toEqual(['file', 'folder']);
  });

  it('is refused where this user may not write', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may write everywhere');
    await chmod(root, 0o500);
    const failure = await writeFileAtomically(join(root, 'file'), 'text').catch((error: unknown) => error);
    await chmod(root, 0o700);
    expect(failure instanceof Failure ? failure.diagnostic.code : failure).toBe('host/no-permission');
  });

  it('uses temporary names that can be told from others', () => {
    expect([temporaryName(), '.opsctl-x.tmp', 'rules.yml'].map(isTemporaryName)).toEqual([true, false, false]);
  });
});

describe('durable files', () => {
  it('creates a file once, with all of its content', async () => {
    const path = join(root, 'lock');
    const made = await Promise.all(['a', 'b', 'c'].map((text) => durableFiles.create(path, text)));
    expect(made.filter(Boolean)).toEqual([true]);
    expect(['a', 'b', 'c'][made.indexOf(true)]).toBe(await readFile(path, 'utf8'));
    expect(await readdir(root)).toEqual(['lock']);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await durableFiles.read(join(root, 'missing'))).toBeNull();
    expect(await durableFiles.list(join(root, 'missing'))).toEqual([]);
    await durableFiles.remove(join(root, 'missing'));
  });

  it('appends behind a length, and cuts off what stood there', async () => {
    const path = join(root, 'journal');
    await writeFile(path, 'whole\ntorn');
    const file = await durableFiles.openAppend(path, 6);
    await file.append('next\n');
    await file.sync();
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('whole\nnext\n');
  });

  it('does not append through a symbolic link', async () => {
    await writeFile(join(root, 'precious'), 'precious');
    await symlink('precious', join(root, 'journal'));
    const failure = await durableFiles.openAppend(join(root, 'journal'), 0).catch((error: unknown) => error);
    expect(failure instanceof Failure ? failure.diagnostic.code : failure).toBe('host/symbolic-link');
    expect(await readFile(join(root, 'precious'), 'utf8')).toBe('precious');
  });
});
