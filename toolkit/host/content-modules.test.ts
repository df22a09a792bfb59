import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listContentModules } from './content-modules.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'opsctl-modules-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
}

it('every ending of a module is loaded, whatever else lies beside it', async () => {
  write(
    'stacks/a.ts',
    'stacks/b.mts',
    'stacks/c.js',
    'stacks/d.mjs',
    'policies/own.mts',
    'cmdb/organisation/index.mts',
  );
  write('stacks/a.test.ts', 'stacks/b.test.mts', 'stacks/a.d.ts', 'stacks/e.json', 'stacks/sub/f.ts');
  write('cmdb/organisation/teams.ts', 'cmdb/items/host.csv');
  expect(await listContentModules(root)).toEqual([
    'policies/own.mts',
    'cmdb/organisation/index.mts',
    'stacks/a.ts',
    'stacks/b.mts',
    'stacks/c.js',
    'stacks/d.mjs',
  ]);
});

it('a folder that cannot be listed is a failure, and not one without anything in it', async () => {
  write('policies');
  await expect(listContentModules(root)).rejects.toMatchObject({
    diagnostic: { code: 'host/not-a-directory', subject: join(root, 'policies') },
  });
});
