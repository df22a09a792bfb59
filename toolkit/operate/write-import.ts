import { cp, lstat, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileFailure } from '../host/file-failure.ts';
import { makeDirectory } from '../host/make-directory.ts';

/** Which of the files are there already, dangling links too. */
export async function filesThere(directory: string, files: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(files.map((file) => isThere(join(directory, file))));
  return files.filter((_, index) => found[index]);
}

/**
 * Writes the files of an import as one step: into a folder beside, which then takes the place of the former one. What else
 * lies in that one is kept. Killed at any moment, the former folder or the new one is there, and no half of it; between
 * the two renames the former one is there under another name.
 */
export async function writeImport(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  await makeDirectory(dirname(directory));
  const staged = await mkdtemp(join(dirname(directory), `.${basename(directory)}-import-`));
  try {
    const isOld = await isThere(directory);
    if (isOld) await cp(directory, staged, { recursive: true });
    for (const [file, text] of files) await writeFile(join(staged, file), text);
    if (!isOld) return await rename(staged, directory);
    const former = `${staged}-former`;
    await rename(directory, former);
    await rename(staged, directory).catch(async (cause: unknown) => {
      await rename(former, directory);
      throw cause;
    });
    await rm(former, { recursive: true, force: true });
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw fileFailure('write', directory, error);
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
