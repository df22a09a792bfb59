import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { isErrorCode } from '../file-failure.ts';
import type { Permissions } from './pending-file.ts';

/** The permission bits of a file that is written. A replaced file keeps its bits: its owner knows who must read it. */
export function modeOf({ mode, isPrivate }: Permissions, replaced: Stats | null): number {
  if (mode !== undefined) return mode;
  const bits = replaced === null ? 0o644 : replaced.mode & 0o777;
  if (!isPrivate) return bits;
  return replaced === null ? 0o600 : bits & 0o770;
}

/** How the bits of a file are not as a write would leave them, for people; null when they are, or nothing is there. */
export async function wrongMode(absolute: string, permissions: Permissions): Promise<string | null> {
  try {
    const stat = await lstat(absolute);
    const [found, wanted] = [stat.mode & 0o777, modeOf(permissions, stat)];
    return found === wanted ? null : `${octal(found)} instead of ${octal(wanted)}`;
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return null;
    throw cause;
  }
}

function octal(bits: number): string {
  return bits.toString(8).padStart(4, '0');
}
