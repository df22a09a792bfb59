import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, isErrorCode } from '../file-failure.ts';

interface DirectoryCheck {
  readonly subject: 'directory';
  readonly status: 'problem';
  readonly detail: string;
  readonly remedy: string;
}

/**
 * Whether this user could write where changes go, as far as can be known without writing: the rights of the user, and how the
 * file system is mounted. Nothing to tell where all of it can be written.
 */
export async function inspectDirectory(
  directory: string,
  folders: readonly string[],
): Promise<readonly DirectoryCheck[]> {
  const problem = await unwritable(directory);
  if (problem !== null) return [problem];
  const inside = folders.filter((folder) => folder !== '').map((folder) => path.join(directory, folder));
  const problems = await Promise.all(inside.map(unwritable));
  return problems.filter((one) => one !== null);
}

/** Files are made beside the old ones and moved over them, so the right to write a folder is what counts. */
async function unwritable(folder: string): Promise<DirectoryCheck | null> {
  try {
    const found = await stat(folder);
    if (!found.isDirectory()) throw Object.assign(new Error('It is a file'), { code: 'ENOTDIR' });
    await access(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT')) {
      const parent = path.dirname(folder);
      return parent === folder ? null : await unwritable(parent);
    }
    const { detail, hint } = fileFailure('write', folder, cause).diagnostic;
    return { subject: 'directory', status: 'problem', detail: `apply will fail. ${detail}`, remedy: hint };
  }
}
