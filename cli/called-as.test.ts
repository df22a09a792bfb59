import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { calledAs } from './called-as.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'opsctl-called-')));
const clone = join(folder, 'opsctl');
const directory = join(folder, 'operations');

mkdirSync(clone);
mkdirSync(join(folder, 'bin'));
mkdirSync(join(folder, 'other'));
mkdirSync(join(clone, 'node_modules/.bin'), { recursive: true });
writeFileSync(join(clone, 'opsctl'), '');
writeFileSync(join(folder, 'other/opsctl'), '');
symlinkSync(join(clone, 'opsctl'), join(folder, 'bin/opsctl'));
symlinkSync(join(clone, 'opsctl'), join(clone, 'node_modules/.bin/opsctl'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the program is called again', () => {
  it.each([
    { name: 'by its path from the new directory', launcher: './opsctl', expected: '../opsctl/opsctl' },
    { name: 'by its name where that is this program on PATH', launcher: './opsctl', path: ['bin'], expected: 'opsctl' },
    {
      name: 'by its path where another program of that name comes first',
      launcher: './opsctl',
      path: ['other', 'bin'],
      expected: '../opsctl/opsctl',
    },
    {
      name: 'by its path where only npm has put it on PATH',
      launcher: './node_modules/.bin/opsctl',
      path: ['opsctl/node_modules/.bin'],
      expected: '../opsctl/node_modules/.bin/opsctl',
    },
    {
      name: 'by npx in the directory that it is installed in',
      launcher: './node_modules/.bin/opsctl',
      directory: clone,
      expected: 'npx opsctl',
    },
    { name: 'by its path in its own directory', launcher: './opsctl', directory: clone, expected: './opsctl' },
    { name: 'by its path from far away', launcher: '/o/opsctl', directory: '/a/b/c/d/e/f', expected: '/o/opsctl' },
    {
      name: 'in quotes where its path has a blank',
      launcher: "/it's here/opsctl",
      expected: String.raw`'/it'\''s here/opsctl'`,
    },
    { name: 'by its name where nobody knows better', launcher: undefined, expected: 'opsctl' },
  ])('$name', ({ launcher, path = [], directory: made = directory, expected }) => {
    const PATH = path.map((name) => join(folder, name)).join(delimiter);
    expect(calledAs({ env: { PATH, OPSCTL_LAUNCHER: launcher }, cwd: clone }, made)).toBe(expected);
  });
});
