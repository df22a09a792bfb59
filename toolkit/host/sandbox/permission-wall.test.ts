import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { childArguments } from './child-arguments.ts';
import { createTestBed, type TestBed } from './test-bed.ts';

let bed: TestBed;
beforeAll(() => {
  bed = createTestBed({
    'stacks/data.yaml': 'a: 1\n',
    'stacks-private/data.yaml': 'secret\n',
    'records/data.yaml': 'not opened\n',
    '.env': 'TOKEN=1\n',
    '.git/config': '[core]\n',
    '.opsctl/state.json': '{}',
  });
  writeFileSync(join(bed.root, 'outside.txt'), 'outside\n');
});
afterAll(() => bed[Symbol.dispose]());

it('our own code reads a file of a content folder', async () => {
  expect(await bed.ask({ read: 'stacks/data.yaml' })).toEqual({ ok: true, value: 'a: 1\n', notes: '' });
});

// The request goes to our own code, which may use node:fs: only the permission model stands in the way.
it.each([
  { name: 'a file of the machine', read: '../../../../../../etc/passwd', found: '/etc/passwd' },
  { name: 'a file beside the repository', read: '../outside.txt' },
  { name: 'the secrets in .env', read: '.env' },
  { name: 'the repository of Git', read: '.git/config' },
  { name: 'the state', read: '.opsctl/state.json' },
  { name: 'a folder that was not opened', read: 'records/data.yaml' },
  { name: 'a folder whose name starts like one that was', read: 'stacks-private/data.yaml' },
  { name: 'a way round through a folder that was', read: 'stacks/../.env', found: '.env' },
])('reading $name is denied', async ({ read, found = read }) => {
  const answer = await bed.ask({ read });
  expect(answer).toMatchObject({ ok: false, denial: { kind: 'file-read-denied' } });
  expect(!answer.ok && answer.denial.found).toBe(found.startsWith('/') ? found : join(bed.repository, found));
});

it('nothing is granted beside reading those folders', async () => {
  const permissions = ['fs', 'fs.read', 'fs.write', 'child', 'worker', 'net', 'addon', 'wasi', 'inspector', 'ffi'];
  expect(await bed.ask({ permissions })).toEqual({ ok: true, value: [], notes: '' });
});

it('a repository that is reached through a symlink is read by its real path', async () => {
  const link = join(bed.root, 'link');
  symlinkSync(bed.repository, link);
  expect(await bed.ask({ read: 'stacks/data.yaml' }, { repository: link })).toMatchObject({
    ok: true,
    value: 'a: 1\n',
  });
});

// As if every wall of ours had fallen: a program with the child's flags and nothing else.
it.each([
  {
    name: 'a database, which reads and writes by itself',
    code: `require('node:sqlite')`,
    error: 'ERR_UNKNOWN_BUILTIN_MODULE',
  },
  { name: 'a foreign function', code: `require('node:ffi')`, error: 'ERR_UNKNOWN_BUILTIN_MODULE' },
  { name: 'a storage', code: `localStorage.length`, error: 'ReferenceError' },
  { name: 'an addon', code: `process.dlopen({ exports: {} }, process.execPath)`, error: 'ERR_DLOPEN_DISABLED' },
  { name: 'code from text', code: `new Function('return 1')`, error: 'EvalError' },
  { name: 'a process', code: `require('child_process').spawnSync('true')`, error: 'ERR_ACCESS_DENIED' },
  { name: 'a thread', code: `new (require('worker_threads').Worker)('1', { eval: true })`, error: 'ERR_ACCESS_DENIED' },
  { name: 'a debugger', code: `require('inspector').open()`, error: 'ERR_ACCESS_DENIED' },
  { name: 'a report', code: `process.report.writeReport('a.json')`, error: 'ERR_ACCESS_DENIED' },
  {
    name: 'a snapshot of the heap',
    code: `require('v8').writeHeapSnapshot('a.heapsnapshot')`,
    error: 'ERR_ACCESS_DENIED',
  },
  { name: 'a file', code: `require('fs').writeFileSync('a', '')`, error: 'ERR_ACCESS_DENIED' },
  {
    name: 'another program in its place',
    code: `process.execve('/bin/true', ['true'], {})`,
    error: 'ERR_ACCESS_DENIED',
  },
  { name: 'a file of variables', code: `process.loadEnvFile('${import.meta.filename}')`, error: 'ERR_ACCESS_DENIED' },
])('the flags alone deny $name', ({ code, error }) => {
  const flags = childArguments(bed.options.installation!, [], 128).slice(0, -1);
  const tried = `try { ${code}; process.stdout.write('done'); } catch (error) { process.stdout.write([error.name, error.code].join()); }`;
  const { stdout } = spawnSync(process.execPath, [...flags, '--eval', tried], {
    cwd: bed.root,
    encoding: 'utf8',
    env: {},
  });
  expect(stdout).toContain(error);
});

it('the flags alone deny a connection', () => {
  const flags = childArguments(bed.options.installation!, [], 128).slice(0, -1);
  const tried = `require('net').connect(1, '127.0.0.1').on('error', ({ code }) => process.stdout.write(code));`;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--eval', tried], { encoding: 'utf8', env: {} });
  expect(stdout + stderr).toContain('ERR_ACCESS_DENIED');
});

it('a repository whose name has odd characters is read', async () => {
  const repository = join(bed.root, 'a b,c (ü) 100%25 #1');
  mkdirSync(join(repository, 'stacks'), { recursive: true });
  writeFileSync(join(repository, 'stacks/a.ts'), `import b from './b.ts';\nthrow new Error(b);`);
  writeFileSync(join(repository, 'stacks/b.ts'), `export default 'read';`);
  const denial = { kind: 'content-threw', message: 'Error: read', file: 'stacks/a.ts', line: 2, column: 7 };
  expect(await bed.ask({ files: ['stacks/a.ts'] }, { repository })).toMatchObject({ ok: false, denial });
});
