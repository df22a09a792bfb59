import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChecker } from './check-program.ts';
import { findProgram, runProgram } from './run-program.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'opsctl-run-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const shell = (script: string, options = {}) => runProgram('/bin/sh', ['-c', script], options);

describe('runProgram', () => {
  it('gives both streams and the exit code', async () => {
    expect(await shell('echo out; echo err >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      isCutOff: false,
    });
  });

  it('passes arguments as they are, and no secret of this process', async () => {
    vi.stubEnv('OPSCTL_TEST_SECRET', 'sesame');
    expect(await runProgram('/bin/echo', ['$HOME; *', "it's"])).toMatchObject({ stdout: "$HOME; * it's\n" });
    expect(await runProgram('/usr/bin/env', [], { env: { MINE: '1' } })).toMatchObject({
      stdout: expect.not.stringContaining('sesame'),
    });
  });

  it('says that a signal ended it as a shell does', async () => {
    expect(await shell('kill -9 $$')).toMatchObject({ exitCode: 137 });
  });

  it('keeps the beginning of what is too long', async () => {
    const { stdout, isCutOff } = await shell('yes | head -c 100000', { maxOutputBytes: 1000 });
    expect({ length: stdout.length, isCutOff }).toEqual({ length: 1000, isCutOff: true });
  });

  it('stops what hangs, with what that started', async () => {
    const started = Date.now();
    const call = shell('sleep 60 & sleep 60', { timeoutMs: 100 });
    await expect(call).rejects.toMatchObject({ diagnostic: { code: 'program/timeout' } });
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('stops when it is interrupted, and does not start afterwards', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const options = { signal: controller.signal };
    await expect(shell('sleep 60', options)).rejects.toMatchObject({ diagnostic: { code: 'program/interrupted' } });
    await expect(shell('true', options)).rejects.toMatchObject({ diagnostic: { code: 'program/interrupted' } });
  });

  it.each([
    { name: 'that is not there', mode: null, code: 'program/not-found' },
    { name: 'that may not be run', mode: 0o644, code: 'program/cannot-start' },
  ])('says so of a program $name', async ({ mode, code }) => {
    const file = path.join(folder, 'tool');
    if (mode !== null) await writeFile(file, '#!/bin/sh\n', { mode });
    await expect(runProgram(file, [])).rejects.toMatchObject({ diagnostic: { code } });
  });
});

describe('findChecker', () => {
  beforeEach(() => vi.stubEnv('PATH', folder));

  it('takes the path of the binding, and fails when nothing is there', async () => {
    const tool = path.join(folder, 'tool');
    await expect(findChecker(tool, ['promtool'])).rejects.toMatchObject({ diagnostic: { code: 'program/not-found' } });
    await writeFile(tool, '', { mode: 0o755 });
    expect(await findChecker(tool, ['promtool'])).toEqual({ program: tool, note: '' });
  });

  it('looks on PATH for one of its names, and says when there is none', async () => {
    expect(await findChecker(undefined, ['a', 'b'])).toEqual({
      program: null,
      note: 'not checked before, there is no a here',
    });
    await writeFile(path.join(folder, 'b'), '', { mode: 0o755 });
    expect(await findChecker(undefined, ['a', 'b'])).toEqual({ program: path.join(folder, 'b'), note: '' });
    expect(await findProgram('b')).toBe(path.join(folder, 'b'));
  });

  it('checks nothing where the binding says so', async () => {
    expect(await findChecker('none', ['a'])).toEqual({
      program: null,
      note: 'not checked before, the binding says so',
    });
  });
});
