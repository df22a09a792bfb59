import { lstat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeDirectory } from '../../../toolkit/host/make-directory.ts';

/** Which of the files are there already, dangling links too. */
export async function existingAmong(root: string, files: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(files.map((file) => isThere(join(root, file))));
  return files.filter((_, index) => found[index]);
}

/** Writes files that are not there; one that appears in the meantime stays as it is, and that is an error. */
export async function writeNewFiles(root: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [file, text] of files) {
    await makeDirectory(dirname(join(root, file)));
    await writeFile(join(root, file), text, { flag: 'wx' });
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
