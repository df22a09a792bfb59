import type { Stats } from 'node:fs';
import { chmod, chown, copyFile, cp, link, lstat, open, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { syncDirectory, temporaryName } from '../atomic-write.ts';
import { fileFailure, isErrorCode } from '../file-failure.ts';
import { inParallel } from '../in-parallel.ts';
import { makeDirectory } from '../make-directory.ts';
import { fileSetDiagnostics } from './diagnostics.ts';
import { modeOf } from './file-mode.ts';
import type { PendingFile, Permissions } from './pending-file.ts';
import { keepStagingArea, type StagingArea } from './staging-area.ts';

/** Files that have been moved into place and can still go back. */
export interface Swap {
  /** Puts every former file back: the same bytes, mode, owner and times. */
  restore(): Promise<void>;
}

const width = 32;

/**
 * Moves waiting files into place. Each is a rename, so a reader sees the former file or the new one. Writes come before
 * removals: what watches the folder (file_sd) then sees an object twice for a moment, and never not at all. When one
 * cannot be moved, those before it go back and the failure is thrown.
 */
export async function swapFiles(root: string, area: StagingArea, pending: readonly PendingFile[]): Promise<Swap> {
  const done: Undo[] = [];
  const made: string[] = [];
  const restore = () => restoreAll(root, area, done, made);
  const writes = pending.filter((file) => file.kind === 'write');
  const removals = pending.filter((file) => file.kind === 'remove');
  try {
    await inParallel(writes, width, (file) => syncFile(file.next));
    for (const folder of foldersOf(root, writes)) await makeFolder(folder, made);
    await inParallel(writes, width, async (file, index) => {
      const absolute = path.join(root, file.path);
      const former = await keepAside(absolute, path.join(area.former, `write-${index}`));
      await dress(file.next, file.permissions, former?.stat ?? null);
      done.push({ path: file.path, absolute, former: former?.path ?? null });
      await moveOver(file.next, absolute);
    });
    await inParallel(removals, width, async (file, index) => {
      const absolute = path.join(root, file.path);
      const former = await keepAside(absolute, path.join(area.former, `remove-${index}`));
      if (former === null) return;
      done.push({ path: file.path, absolute, former: former.path });
      await remove(absolute);
    });
    for (const folder of foldersOf(root, pending)) await syncDirectory(folder);
    for (const folder of made) await syncDirectory(path.dirname(folder));
  } catch (cause) {
    await restore();
    throw cause;
  }
  return { restore };
}

interface Undo {
  readonly path: string;
  readonly absolute: string;
  /** Where the former file is kept; null when there was none. */
  readonly former: string | null;
}

async function syncFile(absolute: string): Promise<void> {
  const handle = await open(absolute, 'r');
  try {
    await handle.datasync();
  } catch (cause) {
    throw fileFailure('write', absolute, cause);
  } finally {
    await handle.close();
  }
}

function foldersOf(root: string, files: readonly PendingFile[]): readonly string[] {
  return [...new Set(files.map((file) => path.dirname(path.join(root, file.path))))];
}

/** Makes a folder and notes each one made, outermost first, so that a restore leaves no empty ones behind. */
async function makeFolder(folder: string, made: string[]): Promise<void> {
  made.push(...(await makeDirectory(folder)));
}

interface Former {
  readonly path: string;
  readonly stat: Stats;
}

/** Keeps a file under a second name. A hard link is the very same file, so what goes back has not changed in anything. */
async function keepAside(absolute: string, aside: string): Promise<Former | null> {
  try {
    const stat = await lstat(absolute);
    if (stat.isDirectory()) throw Object.assign(new Error('It is a directory'), { code: 'EISDIR' });
    try {
      await link(absolute, aside);
    } catch {
      // No hard links here (the file system has none, or the file is on another one or somebody else's): copy.
      await cp(absolute, aside, { verbatimSymlinks: true, preserveTimestamps: true });
    }
    return { path: aside, stat };
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return null;
    throw fileFailure('write', absolute, cause);
  }
}

/** Gives the waiting file its mode and, where this user may, the owner of the file that it replaces. */
async function dress(next: string, permissions: Permissions, former: Stats | null): Promise<void> {
  const replaced = former?.isFile() ? former : null;
  try {
    if (replaced !== null && process.geteuid?.() === 0) await chown(next, replaced.uid, replaced.gid);
    await chmod(next, modeOf(permissions, replaced));
  } catch (cause) {
    throw fileFailure('write', next, cause);
  }
}

async function moveOver(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!isErrorCode(cause, 'EXDEV')) throw fileFailure('write', to, cause);
    await copyOver(from, to);
  }
}

/** For a sub-folder that is a mount of its own: copy beside the file, then rename. */
async function copyOver(from: string, to: string): Promise<void> {
  const beside = path.join(path.dirname(to), temporaryName());
  try {
    const { mode, uid, gid } = await lstat(from);
    await copyFile(from, beside);
    if (process.geteuid?.() === 0) await chown(beside, uid, gid);
    await chmod(beside, mode & 0o777);
    await syncFile(beside);
    await rename(beside, to);
  } catch (cause) {
    await rm(beside, { force: true });
    throw fileFailure('write', to, cause);
  }
}

async function remove(absolute: string): Promise<void> {
  try {
    await rm(absolute, { force: true });
  } catch (cause) {
    throw fileFailure('remove', absolute, cause);
  }
}

async function restoreAll(
  root: string,
  area: StagingArea,
  done: readonly Undo[],
  made: readonly string[],
): Promise<void> {
  const lost: string[] = [];
  let reason: unknown = null;
  await inParallel(done, width, async ({ path: relative, absolute, former }) => {
    try {
      if (former === null) await remove(absolute);
      else await moveOver(former, absolute);
    } catch (cause) {
      lost.push(relative);
      reason = cause;
    }
  });
  // What stands in a folder by now is not ours to judge: only empty ones go.
  for (const folder of made.toReversed()) await rmdir(folder).catch(() => undefined);
  if (lost.length > 0) throw notRestored(lost, await keepStagingArea(root, area), reason);
}

function notRestored(paths: readonly string[], kept: string, cause: unknown): Failure {
  const reason = cause instanceof Failure ? cause.diagnostic.detail : String(cause);
  return new Failure(fileSetDiagnostics.create('not-restored', { paths, kept, reason }), { cause });
}
