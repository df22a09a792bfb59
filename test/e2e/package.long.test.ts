import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'opsctl-package-'));
const installed = join(folder, 'installed');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

beforeAll(() => {
  npm(root, 'pack', '--pack-destination', folder);
  mkdirSync(installed);
  writeFileSync(join(installed, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(installed, 'install', join(folder, `opsctl-${version}.tgz`));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the published package, installed in an empty directory', () => {
  it('answers by npx', () => {
    expect(execFileSync('npx', ['opsctl', '--version'], { cwd: installed, encoding: 'utf8' })).toBe(`${version}\n`);
  });

  it('holds what is compiled and no sources or tests', () => {
    const files = execFileSync('tar', ['tzf', join(folder, `opsctl-${version}.tgz`)], { encoding: 'utf8' }).split('\n');
    expect(
      files.filter((file) => /\.test\.|(?<!\.d)\.ts$|^package\/(dist\/)?(test|tools|stacks)\//.test(file)),
    ).toEqual([]);
    expect(files).toContain('package/dist/toolkit/authoring.d.ts');
  });

  it('gives content its types and its functions', () => {
    const content =
      "import { defineStack } from 'opsctl';\nexport const kind: string = typeof defineStack;\nconsole.log(kind);\n";
    writeFileSync(join(installed, 'content.ts'), content);
    const node = join(installed, 'node_modules', '.bin', 'node');
    expect(execFileSync(node, ['content.ts'], { cwd: installed, encoding: 'utf8' })).toBe('function\n');

    const tsc = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')];
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'esnext', ...types];
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, 'content.ts'], {
      cwd: installed,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});

/** npm as a person would run it: without what the npm that runs these tests put into the environment. */
function npm(cwd: string, ...args: string[]): void {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|command)_/.test(name)),
  );
  execFileSync('npm', [...args, '--loglevel=error'], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
