import { readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeDirectory } from '../../../toolkit/host/make-directory.ts';

/** Names the files of a render, so that the next one can take away those that are no longer made. */
const manifestName = '.opsctl-rendered';

/** Makes room for a render: true for a folder that is new, empty, or an earlier render, whose files are then gone. */
export async function cleanFormerRender(root: string): Promise<boolean> {
  if (!(await isFree(root))) return false;
  await removeStale(root, []);
  return true;
}

/** Whether nothing would be overwritten that no render has written. */
export async function isFree(root: string): Promise<boolean> {
  const names = await readdir(root).catch(() => []);
  return names.length === 0 || (await filesOfFormer(root)) !== null;
}

/** Takes away what the former render has written and this one does not, and the folders that are empty then. */
export async function removeStale(root: string, kept: readonly string[]): Promise<void> {
  const stays = new Set(kept);
  for (const file of (await filesOfFormer(root)) ?? []) {
    if (stays.has(file)) continue;
    await rm(join(root, file), { force: true });
    await removeEmpty(root, dirname(file));
  }
}

async function removeEmpty(root: string, folder: string): Promise<void> {
  if (folder === '.') return;
  const isGone = await rmdir(join(root, folder)).then(
    () => true,
    () => false, // Something else is in it.
  );
  if (isGone) await removeEmpty(root, dirname(folder));
}

/** Null where no render has been. */
async function filesOfFormer(root: string): Promise<readonly string[] | null> {
  const manifest = await readFile(join(root, manifestName), 'utf8').catch(() => null);
  return manifest === null ? null : manifest.split('\n').filter(isInside);
}

export async function writeManifest(root: string, files: readonly string[]): Promise<void> {
  await makeDirectory(root);
  await writeFile(join(root, manifestName), `${files.join('\n')}\n`);
}

/** The file may have been edited: what it names must lie in the folder. */
function isInside(file: string): boolean {
  return file !== '' && !file.startsWith('/') && !file.split('/').includes('..');
}
