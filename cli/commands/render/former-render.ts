import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../../../toolkit/host/make-directory.ts';

/** Names the files of a render, so that the next one can take away those that are no longer made. */
const manifestName = '.opsctl-rendered';

/** Makes room for a render: true for a folder that is new, empty, or an earlier render, whose files are then gone. */
export async function cleanFormerRender(root: string): Promise<boolean> {
  const names = await readdir(root).catch(() => []);
  if (names.length === 0) return true;
  const manifest = await readFile(join(root, manifestName), 'utf8').catch(() => null);
  if (manifest === null) return false;
  for (const file of manifest.split('\n').filter(isInside)) await rm(join(root, file), { force: true });
  return true;
}

export async function writeManifest(root: string, files: readonly string[]): Promise<void> {
  await makeDirectory(root);
  await writeFile(join(root, manifestName), `${files.join('\n')}\n`);
}

/** The file may have been edited: what it names must lie in the folder. */
function isInside(file: string): boolean {
  return file !== '' && !file.startsWith('/') && !file.split('/').includes('..');
}
