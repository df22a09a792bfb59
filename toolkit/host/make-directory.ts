import { lstat, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../diagnostics/index.ts';
import { fileDiagnostics } from './file-diagnostics.ts';
import { fileFailure, isErrorCode } from './file-failure.ts';

/**
 * Makes a directory with all above it, and gives those that were made, outermost first. Node's own `recursive` asks for
 * ever where a directory cannot hold another one and says ENOENT for it, as /proc does.
 */
export async function makeDirectory(directory: string, mode = 0o777): Promise<readonly string[]> {
  try {
    await mkdir(directory, mode);
    return [directory];
  } catch (cause) {
    if (isErrorCode(cause, 'EEXIST')) return await existing(directory);
    const parent = path.dirname(directory);
    if (!isErrorCode(cause, 'ENOENT') || parent === directory) throw fileFailure('write', directory, cause);
    const made = await makeDirectory(parent, mode);
    if (made.length === 0) return await onceMore(directory, mode);
    return [...made, ...(await makeDirectory(directory, mode))];
  }
}

/** All above it is there by now. Who made it in the meantime, or that nobody can, shows when it is asked for again. */
async function onceMore(directory: string, mode: number): Promise<readonly string[]> {
  try {
    await mkdir(directory, mode);
    return [directory];
  } catch (cause) {
    if (isErrorCode(cause, 'EEXIST')) return await existing(directory);
    if (!isErrorCode(cause, 'ENOENT')) throw fileFailure('write', directory, cause);
    const reason = 'its file system makes no directory there';
    throw failure('file-error', directory, reason, cause);
  }
}

async function existing(directory: string): Promise<readonly string[]> {
  const found = await stat(directory).catch(() => null);
  if (found?.isDirectory()) return [];
  const link = await lstat(directory).catch(() => null);
  if (link?.isSymbolicLink() && found === null) throw failure('dangling-link', directory, '', undefined);
  throw failure('not-a-directory', directory, '', undefined);
}

function failure(
  code: 'file-error' | 'dangling-link' | 'not-a-directory',
  directory: string,
  reason: string,
  cause: unknown,
): Failure {
  const facts = { operation: 'write', path: directory, reason } as const;
  return new Failure(fileDiagnostics.create(code, facts, { subject: directory }), { cause });
}
