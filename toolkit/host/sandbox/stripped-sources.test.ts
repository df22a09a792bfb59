import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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
  installation = { manifest: join(root, 'package.json'), code: [root], dependencies: [], runsFromSources: true, cache };
});

afterEach(() => rmSync(root, { recursive: true }));

it('keeps every file that is no test without its types, at the same positions, for its owner alone', () => {
  const { files, update } = strippedSources(installation, []);
  expect(update()).toEqual({ files, isComplete: true });
  expect(sourcesIn(files)).toEqual({ 'session.ts': 'export const answer         = 42;\n', 'child.js': 'export {};\n' });
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});

it('makes again what has changed and nothing else', () => {
  const { files, update } = strippedSources(installation, []);
  update();
  writeFileSync(join(root, 'session.ts'), 'export const answer = 7;\n');
  expect(update()).toEqual({ files, isComplete: true });
  expect(sourcesIn(files)).toEqual({ 'session.ts': 'export const answer = 7;\n', 'child.js': 'export {};\n' });
});

it('forgets a file that is gone', () => {
  const { files, update } = strippedSources(installation, []);
  update();
  rmSync(join(root, 'child.js'));
  expect(update()).toEqual({ files, isComplete: true });
  expect(Object.keys(sourcesIn(files))).toEqual(['session.ts']);
});

it.each([
  { name: 'is cut short', change: (text: string) => text.slice(0, 20) },
  { name: 'holds something else', change: () => '[]' },
  { name: 'is empty', change: () => '' },
  { name: 'was changed in one letter', change: (text: string) => text.replace('42', '43') },
])('makes all of it anew when what was kept $name', ({ change }) => {
  const { files, update } = strippedSources(installation, []);
  update();
  breakKept(change);
  expect(update()).toEqual({ files, isComplete: true });
  expect(Object.keys(sourcesIn(files))).toEqual(['child.js', 'session.ts']);
});

it.each([
  { name: 'a file that does not parse', make: () => writeFileSync(join(root, 'wrong.ts'), 'const = ;\n') },
  { name: 'packages in a folder', make: () => mkdirSync(join(root, 'node_modules')) },
  { name: 'a symlink', make: () => symlinkSync(join(root, 'session.ts'), join(root, 'link.ts')) },
])('leaves $name to the child', ({ make }) => {
  make();
  const { files, update } = strippedSources(installation, []);
  expect([update(), update()]).toEqual(Array(2).fill({ files, isComplete: false }));
  expect(Object.keys(sourcesIn(files))).toEqual(['child.js', 'session.ts']);
});

it('leaves all to the child where nothing can be kept', () => {
  writeFileSync(join(root, 'file'), '');
  const nowhere = strippedSources({ ...installation, cache: join(root, 'file', 'below') }, []);
  expect(nowhere.update()).toEqual({ files: [], isComplete: false });
  expect(strippedSources({ ...installation, cache: null }, [])).toMatchObject({ files: [] });
});

it('never hands on what it could not bring up to date', () => {
  const { files, update } = strippedSources(installation, []);
  update();
  for (const file of files) {
    rmSync(file);
    mkdirSync(file);
  }
  expect(update()).toEqual({ files: [], isComplete: false });
  expect(readdirSync(cache)).toEqual(files.map((file) => basename(file)).sort());
});

it('keeps the content of a repository apart, and for an installed package nothing else', () => {
  const installed = { ...installation, runsFromSources: false };
  const { files, update } = strippedSources(installed, [root]);
  expect(update()).toEqual({ files, isComplete: true });
  expect(files).toHaveLength(1);
  expect(Object.keys(sourcesIn(files))).toEqual(['child.js', 'session.test.ts', 'session.ts']);
});

it('drops what nobody has used for a month', () => {
  mkdirSync(cache, { recursive: true });
  const old = join(cache, 'old.json');
  writeFileSync(old, '{}');
  utimesSync(old, new Date(0), new Date(0));
  strippedSources(installation, []).update();
  expect(readdirSync(cache)).not.toContain('old.json');
});

function sourcesIn(files: readonly string[]): Record<string, string> {
  const kept = files.flatMap((file) =>
    Object.entries<string>(JSON.parse(readFileSync(file, 'utf8').split('\n')[2] ?? '')),
  );
  return Object.fromEntries(kept.map(([path, source]) => [basename(path), source] as const).sort());
}

function breakKept(change: (text: string) => string): void {
  for (const name of readdirSync(cache)) {
    writeFileSync(join(cache, name), change(readFileSync(join(cache, name), 'utf8')));
  }
}
