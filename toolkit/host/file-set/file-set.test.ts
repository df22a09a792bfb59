import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../diagnostics/index.ts';
import { directoryContents, directoryFingerprint } from '../../testing/directory-target.ts';
import { type Activation, accepted, type ChangedFiles, refused } from './activation.ts';
import { FileSet } from './file-set.ts';
import { stagingFolder } from './relative-path.ts';

const run = promisify(execFile);
const by = 'plant/file/a';

let folder: string;
let root: string;
let files: FileSet;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'opsctl-file-set-'));
  root = path.join(folder, 'etc');
  await mkdir(root);
  files = new FileSet(root);
});
afterEach(async () => {
  await files.close();
  await rm(folder, { recursive: true });
});

describe('before the commit', () => {
  it('nothing that is staged can be seen, and nobody else can read it', async () => {
    await writeFile(path.join(root, 'a.yaml'), 'old');
    await files.write('a.yaml', 'new', { by });
    await files.write('deep/b.yaml', 'new', { by });
    await files.remove('a.yaml', { by: 'plant/file/other' });
    expect((await readdir(root)).sort()).toEqual([stagingFolder, 'a.yaml'].sort());
    expect(await readFile(path.join(root, 'a.yaml'), 'utf8')).toBe('old');
    expect((await stat(path.join(root, stagingFolder))).mode & 0o777).toBe(0o700);
  });

  it('closing forgets it and leaves no trace', async () => {
    await files.write('a.yaml', 'new', { by });
    await files.close();
    expect(await readdir(root)).toEqual([]);
  });

  it('a directory that is missing is made only by a write', async () => {
    const missing = new FileSet(path.join(folder, 'missing/etc'));
    await missing.remove('a', { by });
    expect(await missing.commit({})).toMatchObject({ written: 0, removed: 0 });
    expect(await readdir(folder)).toEqual(['etc']);
    await missing.write('a', 'text', { by });
    expect(await missing.commit({})).toMatchObject({ written: 1, verdict: { accepted: true } });
    expect(await directoryContents(path.join(folder, 'missing'))).toEqual({ 'etc/a': '644 text' });
  });
});

describe('a commit', () => {
  it('writes, replaces and removes, and leaves no trace of itself', async () => {
    await writeFile(path.join(root, 'old'), 'gone soon');
    await writeFile(path.join(root, 'kept'), 'same');
    await files.write('kept', 'same', { by });
    await files.write('规则/泵站.yaml', 'new', { by });
    await files.remove('old', { by });
    expect(await files.commit({})).toEqual({ verdict: accepted(''), written: 1, removed: 1 });
    expect(await directoryContents(root)).toEqual({ kept: '644 same', '规则/泵站.yaml': '644 new' });
  });

  it('does not touch a file that holds these bytes already', async () => {
    await writeFile(path.join(root, 'a'), 'same');
    const before = await directoryFingerprint(root);
    await files.write('a', 'same', { by });
    expect(await files.commit(never)).toEqual({ verdict: accepted('nothing to change'), written: 0, removed: 0 });
    expect(await directoryFingerprint(root)).toEqual(before);
  });

  it.each([
    { name: 'a new file gets 0644', before: null, options: {}, after: 0o644 },
    { name: 'a new private file gets 0600', before: null, options: { isPrivate: true }, after: 0o600 },
    { name: 'a replaced file keeps its mode', before: 0o640, options: {}, after: 0o640 },
    { name: 'a replaced private file is closed to others', before: 0o644, options: { isPrivate: true }, after: 0o640 },
    {
      name: 'the mode of the binding counts before both',
      before: 0o644,
      options: { mode: 0o664, isPrivate: true },
      after: 0o664,
    },
  ])('$name', async ({ before, options, after }) => {
    const file = path.join(root, 'a');
    if (before !== null) {
      await writeFile(file, 'old');
      await chmod(file, before);
    }
    await files.write('a', 'new', { by, ...options });
    await files.commit({});
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe(after.toString(8));
  });

  it('shows the check the directory as it will be', async () => {
    await mkdir(path.join(root, 'rules'));
    await mkdir(path.join(root, 'tls'));
    await writeFile(path.join(root, 'main'), 'main');
    await writeFile(path.join(root, 'tls/key'), 'key');
    await writeFile(path.join(root, 'rules/a'), 'old');
    await writeFile(path.join(root, 'rules/b'), 'gone soon');
    await files.write('rules/a', 'new', { by });
    await files.write('targets/deep/c', 'new', { by });
    await files.remove('rules/b', { by });
    const seen: Record<string, string> = {};
    const check = async (directory: string) => {
      const { stdout } = await run('find', ['-L', '.', '-type', 'f'], { cwd: directory });
      for (const name of stdout.trim().split('\n')) seen[name] = await readFile(path.join(directory, name), 'utf8');
      return accepted('checked');
    };
    expect((await files.commit({ check })).verdict).toEqual(accepted('checked'));
    expect(seen).toEqual({ './main': 'main', './tls/key': 'key', './rules/a': 'new', './targets/deep/c': 'new' });
  });

  it('says what it changed to what makes it live', async () => {
    await writeFile(path.join(root, 'old'), '');
    await files.write('new', 'x', { by });
    await files.remove('old', { by });
    let told: ChangedFiles | null = null;
    await files.commit({
      activate: async (changed) => {
        told = changed;
        return accepted('reloaded');
      },
    });
    expect(told).toEqual({ written: ['new'], removed: ['old'] });
  });

  it('asked with nothing staged checks and activates what is in place', async () => {
    const asked: string[] = [];
    const activation: Activation = {
      check: async (directory) => {
        asked.push(`check ${directory === root}`);
        return accepted('');
      },
      activate: async (changed) => {
        asked.push(`activate ${changed.written.length}`);
        return accepted('reloaded');
      },
    };
    expect(await files.commit(activation)).toEqual({ verdict: accepted('reloaded'), written: 0, removed: 0 });
    expect(asked).toEqual(['check true', 'activate 0']);
  });

  it('moves files into a sub-folder that is a link inside the directory, and not out of it', async () => {
    await mkdir(path.join(root, 'real'));
    await mkdir(path.join(folder, 'outside'));
    await symlink('real', path.join(root, 'inside'));
    await symlink('../outside', path.join(root, 'out'));
    await files.write('inside/a', 'x', { by });
    await expect(files.write('out/a', 'x', { by })).rejects.toMatchObject({
      diagnostic: { code: 'file-set/outside-directory' },
    });
    await files.commit({});
    expect(await readdir(path.join(root, 'real'))).toEqual(['a']);
    expect(await readdir(path.join(folder, 'outside'))).toEqual([]);
  });

  it('puts a file in the place of a link, and does not follow it', async () => {
    await writeFile(path.join(folder, 'elsewhere'), 'elsewhere');
    await symlink('../elsewhere', path.join(root, 'a'));
    await files.write('a', 'mine', { by });
    await files.commit({});
    expect(await readFile(path.join(folder, 'elsewhere'), 'utf8')).toBe('elsewhere');
    expect(await directoryContents(root)).toEqual({ a: '644 mine' });
  });
});

describe('two objects and one path', () => {
  it('two writers are refused at once', async () => {
    await files.write('a', 'one', { by });
    await expect(files.write('a', 'two', { by: 'plant/file/b' })).rejects.toMatchObject({
      diagnostic: { code: 'file-set/two-writers', detail: 'a belongs to plant/file/a and to plant/file/b.' },
    });
  });

  it.each([
    { name: 'before', order: ['remove', 'write'] },
    { name: 'after', order: ['write', 'remove'] },
  ])('a removal $name a write of another object leaves what was written', async ({ order }) => {
    await writeFile(path.join(root, 'a'), 'old');
    for (const step of order) {
      if (step === 'write') await files.write('a', 'new', { by: 'plant/file/new-name' });
      else await files.remove('a', { by });
    }
    await files.commit({});
    expect(await directoryContents(root)).toEqual({ a: '644 new' });
  });

  it('the last word of one object counts', async () => {
    await files.write('a', 'one', { by });
    await files.remove('a', { by });
    await files.write('a', 'two', { by });
    await files.commit({});
    expect(await directoryContents(root)).toEqual({ a: '644 two' });
  });
});

describe('a refusal', () => {
  const no = async () => refused('No.');

  it.each<{ name: string; activation: Activation }>([
    { name: 'of the check', activation: { check: no } },
    { name: 'of the reload', activation: { activate: no } },
    { name: 'by a target that fails', activation: { activate: () => Promise.reject(failure('No.')) } },
  ])('$name puts back every byte, mode, time and number, and takes away what was made', async ({ activation }) => {
    await mkdir(path.join(root, 'rules'));
    await writeFile(path.join(root, 'rules/a'), Buffer.from([0xff, 0x00, 0x0a]));
    await chmod(path.join(root, 'rules/a'), 0o600);
    await writeFile(path.join(root, 'b'), 'b');
    await symlink('b', path.join(root, 'link'));
    const before = [await directoryContents(root), await directoryFingerprint(root)];

    await files.write('rules/a', 'new', { by });
    await files.write('link', 'new', { by });
    await files.write('made/for/this', 'new', { by });
    await files.remove('b', { by });
    const { verdict, written, removed } = await files.commit(activation);

    expect({ accepted: verdict.accepted, written, removed }).toEqual({ accepted: false, written: 0, removed: 0 });
    expect([await directoryContents(root), await directoryFingerprint(root)]).toEqual(before);
    expect((await readdir(root)).sort()).toEqual(['b', 'link', 'rules']);
  });

  it('makes the former files live again, and says when that fails too', async () => {
    await writeFile(path.join(root, 'a'), 'old');
    await files.write('a', 'new', { by });
    const loaded: string[] = [];
    const load = async (verdict: ReturnType<typeof refused>) => {
      loaded.push(await readFile(path.join(root, 'a'), 'utf8'));
      return verdict;
    };
    const outcome = await files.commit({
      activate: () => load(refused('Bad rule.')),
      reactivate: () => load(refused('Gone.')),
    });
    expect(outcome.verdict).toEqual(
      refused('Bad rule. The former files are back, but the target did not load them: Gone.'),
    );
    expect(loaded).toEqual(['new', 'old']);
  });

  it('by the check never lets the target see a file', async () => {
    await writeFile(path.join(root, 'a'), 'old');
    const before = await directoryFingerprint(root);
    await files.write('a', 'new', { by });
    await files.commit({ ...never, check: no });
    expect(await directoryFingerprint(root)).toEqual(before);
  });

  it('is forgotten by the next commit', async () => {
    await files.write('a', 'new', { by });
    await files.commit({ check: no });
    await files.write('b', 'new', { by });
    await files.commit({});
    expect(await directoryContents(root)).toEqual({ b: '644 new' });
  });

  it('a bug while it becomes live is thrown, after everything is back', async () => {
    await files.write('a', 'new', { by });
    await expect(files.commit({ activate: () => Promise.reject(new Error('Bug: oh.')) })).rejects.toThrow('Bug: oh.');
    expect(await readdir(root)).toEqual([]);
  });

  it('of a directory in the place of a file comes before anything is moved', async () => {
    await mkdir(path.join(root, 'in-the-way'));
    await expect(files.write('in-the-way', 'new', { by })).rejects.toMatchObject({
      diagnostic: { code: 'host/is-a-directory' },
    });
  });

  it('by the file system puts back what was moved before', async () => {
    await writeFile(path.join(root, 'a'), 'old');
    const before = await directoryFingerprint(root);
    await files.write('a', 'new', { by });
    await files.write('in-the-way', 'new', { by });
    await mkdir(path.join(root, 'in-the-way/full'), { recursive: true });
    const { verdict } = await files.commit({});
    expect(verdict).toMatchObject({ accepted: false, diagnostic: { code: 'host/is-a-directory' } });
    expect(await directoryFingerprint(root)).toEqual(before);
  });
});

describe('a process that is killed', () => {
  it('between staging and commit changed nothing, and its folder is taken away by the next write', async () => {
    await writeFile(path.join(root, 'a'), 'old');
    await runAndKill('staged', `await files.write('a', 'new', { by: 'x' }); console.log('staged');`);
    expect(await readdir(root)).toContain(stagingFolder);
    expect(await readFile(path.join(root, 'a'), 'utf8')).toBe('old');
    await files.write('b', 'new', { by });
    await files.commit({});
    expect(await directoryContents(root)).toEqual({ a: '644 old', b: '644 new' });
  });

  it('while the target loads leaves the new files, for the next commit to check and load', async () => {
    await writeFile(path.join(root, 'a'), 'old');
    const hang = `activate: () => { console.log('moved'); return new Promise(() => setInterval(() => {}, 1000)); }`;
    await runAndKill('moved', `await files.write('a', 'new', { by: 'x' }); await files.commit({ ${hang} });`);
    expect(await readFile(path.join(root, 'a'), 'utf8')).toBe('new');
    expect((await files.commit({ activate: async () => accepted('reloaded') })).verdict).toEqual(accepted('reloaded'));
    expect(await directoryContents(root)).toEqual({ a: '644 new' });
  });

  it('is told from one that still works', async () => {
    await files.write('a', 'new', { by });
    const second = new FileSet(root);
    await second.write('b', 'new', { by });
    await second.commit({});
    await files.commit({});
    expect(await directoryContents(root)).toEqual({ a: '644 new', b: '644 new' });
  });
});

describe('a disk', () => {
  it('without the right to write can be read, and a write is said to be impossible', async () => {
    await writeFile(path.join(root, 'a'), 'old');
    await chmod(folder, 0o755);
    await chmod(root, 0o555);
    const script = `
      import { FileSet } from ${JSON.stringify(new URL('./file-set.ts', import.meta.url).href)};
      import { readFiles } from ${JSON.stringify(new URL('./read-files.ts', import.meta.url).href)};
      const root = ${JSON.stringify(root)};
      console.log((await readFiles(root, ['a'])).get('a').text);
      await new FileSet(root).write('a', 'new', { by: 'x' }).catch((failure) => console.log(failure.diagnostic.code));
    `;
    // Root may write everywhere, so as root somebody else does it.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '-e', script], user);
    await chmod(root, 0o755);
    expect(stdout).toBe('old\nhost/no-permission\n');
  });

  it('that is full or read-only loses nothing', async ({ skip }) => {
    if (!(await mountSmallDisk(root))) skip('mounting a tmpfs needs root');
    try {
      await writeFile(path.join(root, 'a'), 'old');
      await expect(files.write('a', 'x'.repeat(400_000), { by })).rejects.toMatchObject({
        diagnostic: { code: 'host/disk-full', detail: expect.stringContaining(path.join(root, 'a')) },
      });
      await files.close();
      await run('mount', ['-o', 'remount,ro', root]);
      await expect(files.write('a', 'new', { by })).rejects.toMatchObject({ diagnostic: { code: 'host/read-only' } });
      expect(await directoryContents(root)).toEqual({ a: '644 old' });
    } finally {
      await run('umount', [root]);
    }
  });

  it('of a sub-folder of its own is written by copies', async ({ skip }) => {
    await mkdir(path.join(root, 'rules'));
    if (!(await mountSmallDisk(path.join(root, 'rules')))) skip('mounting a tmpfs needs root');
    try {
      await writeFile(path.join(root, 'rules/a'), 'old');
      await files.write('rules/a', 'new', { by });
      await files.commit({ activate: async () => refused('No.') });
      expect(await directoryContents(root)).toEqual({ 'rules/a': '644 old' });
      await files.write('rules/a', 'new', { by });
      await files.commit({});
      expect(await directoryContents(root)).toEqual({ 'rules/a': '644 new' });
    } finally {
      await run('umount', [path.join(root, 'rules')]);
    }
  });
});

const never: Activation = {
  check: () => Promise.reject(new Error('Bug: this must not be checked.')),
  activate: () => Promise.reject(new Error('Bug: this must not become live.')),
};

function failure(detail: string): Failure {
  return new Failure({
    code: 'http/unreachable',
    severity: 'error',
    summary: 'Server cannot be reached',
    detail,
    hint: '',
  });
}

/** Runs code with a file set in a process of its own, and kills that when it has printed the word. */
async function runAndKill(word: string, code: string): Promise<void> {
  const module = new URL('./file-set.ts', import.meta.url).href;
  const script = `import { FileSet } from ${JSON.stringify(module)}; const files = new FileSet(${JSON.stringify(root)}); ${code} setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes(word)) resolve();
    });
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function mountSmallDisk(place: string): Promise<boolean> {
  return run('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', place]).then(
    () => true,
    () => false,
  );
}
