import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Workplace } from '../support/opsctl.ts';
import { root } from './markdown.ts';

/** Writes a file of a page into the repository that a test builds. */
export function writeContent(folder: string, file: string, text: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Gives a folder what `opsctl init` gives a repository for editors: the package's manifest, compiler options, the link. */
export function prepareForEditor(place: Workplace, folder: string): void {
  place.opsctl('init for-editor');
  for (const file of ['package.json', 'tsconfig.json', '.gitignore']) {
    copyFileSync(join(place.folder, 'for-editor', file), join(folder, file));
  }
  place.opsctl(`doctor --fix --directory ${folder}`);
}

/** What the compiler says of the repository's own files; those of the package are checked where they lie. */
export function typeErrors(folder: string): readonly string[] {
  const compiler = join(root, 'node_modules/@typescript/native/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.json', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status === null) throw new Error('The compiler did not end by itself.');
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' ') && !line.startsWith('.opsctl/package/'));
}
