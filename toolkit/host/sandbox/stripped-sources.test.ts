import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Installation } from './installation.ts';
import { strippedSources } from './stripped-sources.ts';

let root = '';
let cache = '';
let installation: Installation;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'opsctl-stripped-'));
  cache = join(root, 'cache', 'v1-stripped');
  writeFileSync(join(root, 'session.ts'), 'export const answer: number = 42;\n');
  writeFileSync(join(root, 'session.test.ts'), 'export const test: number = 1;\n');
  writeFileSync(join(root, 'child.js'), 'export {};\n');
  installation = { manifest: join(root, 'package.json'), code: [root], dependencies: [], runsFromSources: true };
});

afterEach(() => rmSync(root, { recursive: true }));

it('gives every TypeScript file that is no test without its types, at the same positions', () => {
  expect(strippedSources(installation, cache)).toEqual({
    [join(root, 'session.ts')]: 'export const answer         = 42;\n',
  });
});

it('takes what it kept, in a file that only its owner reads', () => {
  strippedSources(installation, cache);
  const [name = ''] = readdirSync(cache);
  const kept = join(cache, name);
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  writeFileSync(kept, readFileSync(kept, 'utf8').replace('42', '43'));
  expect(Object.values(strippedSources(installation, cache))).toEqual(['export const answer         = 43;\n']);
});

it.each([
  { name: 'a file that changed', touch: () => writeFileSync(join(root, 'session.ts'), 'export const answer = 7;\n') },
  { name: 'a kept file that is cut short', touch: () => breakKept((text) => text.slice(0, 20)) },
  { name: 'a kept file with something else in it', touch: () => breakKept(() => '[]') },
])('makes it anew for $name', ({ touch }) => {
  strippedSources(installation, cache);
  touch();
  const text = readFileSync(join(root, 'session.ts'), 'utf8').replace(': number', '        ');
  expect(Object.values(strippedSources(installation, cache))).toEqual([text]);
});

it('does without a cache that cannot be written', () => {
  writeFileSync(join(root, 'file'), '');
  expect(Object.keys(strippedSources(installation, join(root, 'file', 'below')))).toEqual([join(root, 'session.ts')]);
});

it.each([
  { name: 'an installed package', change: { runsFromSources: false }, folder: (): string | undefined => cache },
  { name: 'a program without a compile cache', change: {}, folder: (): string | undefined => undefined },
])('has nothing for $name', ({ change, folder }) => {
  expect(strippedSources({ ...installation, ...change }, folder())).toEqual({});
});

function breakKept(change: (text: string) => string): void {
  const [name = ''] = readdirSync(cache);
  writeFileSync(join(cache, name), change(readFileSync(join(cache, name), 'utf8')));
}
