import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isTemporaryName } from '../atomic-write.ts';
import { fileFailure, isErrorCode } from '../file-failure.ts';

/**
 * Paths of all regular files in a folder and below, relative to the root, in code-unit order. Hidden folders belong to
 * tools (`.git`, staged writes) and links may lead anywhere: neither is entered. A folder that is missing has no files.
 */
export async function listFiles(root: string, folder = ''): Promise<readonly string[]> {
  const found: string[] = [];
  await collect(root, folder, found);
  return found.sort();
}

async function collect(root: string, folder: string, found: string[]): Promise<void> {
  for (const entry of await entriesOf(path.join(root, folder))) {
    const relative = path.posix.join(folder, entry.name);
    if (entry.isFile() && !isTemporaryName(entry.name)) found.push(relative);
    if (entry.isDirectory() && !entry.name.startsWith('.')) await collect(root, relative, found);
  }
}

async function entriesOf(absolute: string) {
  try {
    return await readdir(absolute, { withFileTypes: true });
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return [];
    throw fileFailure('list', absolute, cause);
  }
}
