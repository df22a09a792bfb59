import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeImport, type Import, importsOf, isTest, ownExports, root, sourcesIn } from './imports.ts';

const contentFolders = [
  'cmdb',
  'alerts',
  'dashboards',
  'policies',
  'runbooks',
  'processes',
  'standards',
  'records',
  'stacks',
];

/** What the sandbox lets through besides files and this package. */
const sandboxLibraries = ['node:path', 'node:url'];

/** What our own code behind an import of theirs may load besides: it computes, and touches nothing. */
const pureLibraries = [...sandboxLibraries, 'node:crypto', 'node:util'];

/** Run by Pulumi, and not by the sandbox. */
const isOfPulumi = (file: string) => file.startsWith('stacks/pulumi/');

const files = contentFolders.flatMap(sourcesIn).filter((file) => !isTest(file) && !isOfPulumi(file));
const imports = files.flatMap(importsOf);

describe('content', () => {
  it('imports only files, this package and what the sandbox lets through', () => {
    expect(librariesOtherThan(sandboxLibraries, imports)).toEqual([]);
  });

  it('a catalogue never imports the organisation', () => {
    const wrong = imports.filter(
      ({ file, target }) => catalogueOf(file) !== undefined && isContent(target) && catalogueOf(target) === undefined,
    );
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it('the toolkit and the catalogues are imported by name, so the same file works in another repository', () => {
    const byPath = imports.filter(({ file, target, kind }) => kind === 'relative' && !isAtHome(target, file));
    expect(byPath.map(describeImport)).toEqual([]);
  });

  const imported = ['opsctl', 'opsctl/cmdb', 'opsctl/alerts', 'opsctl/dashboards', 'opsctl/policies', 'opsctl/promql'];
  it.each(imported)('nothing behind %s does input or output', (name) => {
    const entry = ownExports.get(name);
    expect(entry).toBeDefined();
    expect(librariesOtherThan(pureLibraries, everythingBehind(entry!))).toEqual([]);
  });
});

function librariesOtherThan(allowed: readonly string[], found: readonly Import[]): string[] {
  return found.filter(({ kind, target }) => kind === 'library' && !allowed.includes(target)).map(describeImport);
}

function isContent(path: string): boolean {
  return contentFolders.includes(path.split('/')[0] ?? '');
}

/** In the same catalogue as the file, or, like the file, in none. */
function isAtHome(target: string, file: string): boolean {
  return isContent(target) && catalogueOf(target) === catalogueOf(file);
}

/** `cmdb/catalogue/classes/host.ts` -> `cmdb/catalogue`. */
function catalogueOf(path: string): string | undefined {
  return /^[^/]+\/catalogue(?=\/)/.exec(path)?.[0];
}

/** Every import that loading a file leads to, its own and those of what it imports. */
function everythingBehind(entry: string): Import[] {
  const seen = new Set<string>();
  const found: Import[] = [];
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !existsSync(join(root, file))) continue;
    seen.add(file);
    const loaded = importsOf(file).filter(({ isTypeOnly }) => !isTypeOnly);
    found.push(...loaded);
    waiting.push(...loaded.filter(({ kind }) => kind !== 'library').map(({ target }) => target));
  }
  return found;
}
