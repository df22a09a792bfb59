import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileFailure } from './file-failure.ts';

export interface AtomicWriteOptions {
  /** Permission bits of the new file, whatever the umask: `0o600` for what others must not read. Default `0o644`. */
  readonly mode?: number;
  /**
   * Whether the new name survives a power cut when this returns. `false` leaves that to one `syncDirectory` of the
   * caller after many writes to one directory. The content is always on disk before the name points to it.
   */
  readonly syncDirectory?: boolean;
}

/**
 * Replaces a file as one step: a reader sees the former content or the new, never a part, and so does a reader after a
 * power cut. A symbolic link at `path` is replaced, not followed.
 *
 * Throws a Failure (`host/disk-full`, `host/read-only`, ...) that names the path; the former file is then untouched.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  options: AtomicWriteOptions = {},
): Promise<void> {
  const directory = dirname(path);
  const temporary = join(directory, temporaryName());
  try {
    await writeAndSync(temporary, content, options.mode ?? 0o644);
    await rename(temporary, path);
    if (options.syncDirectory ?? true) await syncDirectory(directory);
  } catch (error) {
    await unlink(temporary).catch(() => {}); // It may never have been made, or be renamed already.
    throw fileFailure('write', path, error);
  }
}

/** Makes the names in a directory (created, renamed, removed) survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY);
    await handle.sync();
  } catch (error) {
    throw fileFailure('write', directory, error);
  } finally {
    await handle?.close();
  }
}

const temporaryPattern = /^\.opsctl-[0-9a-f]{16}\.tmp$/;

/** True for a file that a write cut off by a kill may have left: nobody reads it, and it may be removed. */
export function isTemporaryName(name: string): boolean {
  return temporaryPattern.test(name);
}

/** Does not hold the final name: that may be as long as a name can be, and a glob such as `*.yml` must not match. */
export function temporaryName(): string {
  return `.opsctl-${randomBytes(8).toString('hex')}.tmp`;
}

// O_EXCL never follows a link, so nobody can lay one in the way; fchmod, because the umask has cut the mode of open().
async function writeAndSync(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
  try {
    await handle.chmod(mode);
    await handle.writeFile(content);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
