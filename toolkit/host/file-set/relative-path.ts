import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isErrorCode } from '../file-failure.ts';
import { outsideFailure } from './diagnostics.ts';

/** Folder of a target directory in which writes wait for their commit. No glob of a target reaches into it. */
export const stagingFolder = '.opsctl-staged';

/** What in it says who works on which files. */
export const leasePrefix = 'lease-';

/** Why the text cannot be the path of a managed file, or null when it can. */
export function pathObjection(relative: string): string | null {
  if (relative === '') return 'the path is empty';
  if (path.posix.isAbsolute(relative) || path.win32.isAbsolute(relative)) return 'the path is absolute';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u001f\u007f\\]/.test(relative)) return 'the path holds a backslash or a control character';
  const segments = relative.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'the path has an empty, "." or ".." segment';
  }
  if (segments.some((segment) => Buffer.byteLength(segment) > 255))
    return 'a name in the path is longer than 255 bytes';
  if (segments[0] === stagingFolder) return `${stagingFolder} is kept for staged writes`;
  return null;
}

/**
 * Turns relative paths into absolute ones and refuses those that leave the root, by `..` or through a linked folder.
 * Remembers the folders it has looked at: thousands of files lie in a few of them.
 */
export function pathsInside(root: string): (relative: string) => Promise<string> {
  const looked = new Map<string, Promise<boolean>>();
  return async (relative) => {
    const objection = pathObjection(relative);
    if (objection !== null) throw outsideFailure(relative, objection);
    const absolute = path.join(root, relative);
    const folder = path.dirname(absolute);
    let inside = looked.get(folder);
    if (inside === undefined) {
      inside = isInside(root, folder);
      looked.set(folder, inside);
    }
    if (!(await inside)) throw outsideFailure(relative, 'a symbolic link on the way leaves the directory');
    return absolute;
  };
}

async function isInside(root: string, folder: string): Promise<boolean> {
  const [realRoot, realFolder] = await Promise.all([realPathOf(root), realPathOf(folder)]);
  return realFolder === realRoot || realFolder.startsWith(realRoot + path.sep);
}

/** The real path, also of what does not exist yet: that of its nearest ancestor that does, and the rest as written. */
export async function realPathOf(absolute: string): Promise<string> {
  try {
    return await realpath(absolute);
  } catch (cause) {
    const parent = path.dirname(absolute);
    if (parent === absolute || !isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return absolute;
    return path.join(await realPathOf(parent), path.basename(absolute));
  }
}
