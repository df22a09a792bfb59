import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export const root: string = join(import.meta.dirname, '..', '..');

export type Import = {
  readonly file: string;
  /** A path from the repository's root, or the name of what comes from outside: `yaml`, `node:fs`. */
  readonly target: string;
  /** `../model/index.ts`, or `opsctl/toolkit`, or what is not ours. */
  readonly kind: 'relative' | 'own-name' | 'library';
  /** Gone when the types are stripped, so nothing is loaded. */
  readonly isTypeOnly: boolean;
};

const notOurs = ['**/node_modules', '**/dist', '**/fixtures', '**/golden', '**/.opsctl'];

/** The source files below a folder, by their paths from the root. */
export function sourcesIn(folder: string): string[] {
  return globSync(`${folder}/**/*.{ts,js,mjs}`, { cwd: root, exclude: notOurs }).toSorted();
}

export function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || file.startsWith('test/');
}

export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  // TypeScript's own scan, so that an import inside a string or a comment is not taken for one.
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName, pos }) => ({
    file,
    ...resolve(file, fileName),
    isTypeOnly: isTypeOnly(text.slice(0, pos)),
  }));
}

export function describeImport({ file, target }: Import): string {
  return `${file} imports ${target}`;
}

function resolve(file: string, specifier: string): Pick<Import, 'target' | 'kind'> {
  if (specifier.startsWith('.')) return { kind: 'relative', target: join(dirname(file), specifier) };
  const own = ownExports.get(specifier);
  return own === undefined ? { kind: 'library', target: specifier } : { kind: 'own-name', target: own };
}

function isTypeOnly(before: string): boolean {
  const statement = before.match(/\b(?:import|export)\b(?: type\b)?/g)?.at(-1);
  return statement?.endsWith(' type') ?? false;
}

type Manifest = { readonly exports: Readonly<Record<string, string | { readonly 'opsctl-source': string }>> };

/** `opsctl/cmdb` -> `cmdb/catalogue/index.ts`, from package.json. */
export const ownExports: ReadonlyMap<string, string> = new Map(
  Object.entries((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest).exports).map(
    ([name, to]) => [join('opsctl', name), join(typeof to === 'string' ? to : to['opsctl-source'])],
  ),
);
