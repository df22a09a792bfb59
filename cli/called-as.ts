import { realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Io } from './io.ts';

/**
 * How this program is called again in another directory, for the lines that a user is told to type next: `opsctl` only
 * where that is this program. The launcher says by which path it was called.
 */
export function calledAs({ env, cwd }: Pick<Io, 'env' | 'cwd'>, directory: string): string {
  const { OPSCTL_LAUNCHER: launcher } = env;
  if (launcher === undefined || launcher === '') return 'opsctl';
  const path = resolve(cwd, launcher);
  // Where npx looks in a directory with a package.json; in any other it would fetch a package of that name.
  if (path === join(directory, 'node_modules/.bin/opsctl')) return 'npx opsctl';
  return isOnPath(path, env.PATH ?? '') ? 'opsctl' : quoted(shorter(directory, path));
}

/** Folders that npm puts there are gone once its command ends. */
function isOnPath(path: string, searched: string): boolean {
  const folders = searched
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !/[/\\]node_modules[/\\]/.test(folder));
  const programs = folders.map((folder) => realPath(join(folder, 'opsctl')));
  const first = programs.find((found) => found !== null);
  return first !== undefined && first === realPath(path);
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function shorter(directory: string, path: string): string {
  const near = relative(directory, path);
  const called = near.startsWith('..') ? near : `.${sep}${near}`;
  return called.length < path.length ? called : path;
}

function quoted(path: string): string {
  return /^[\p{L}\p{N}_./@+-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
