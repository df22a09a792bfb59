import { isUtf8 } from 'node:buffer';
import { constants, type Stats } from 'node:fs';
import { lstat, readFile as readBytes } from 'node:fs/promises';
import { fileFailure, isErrorCode } from '../file-failure.ts';
import { inParallel } from '../in-parallel.ts';
import { pathsInside } from './relative-path.ts';

export type FileReading =
  | { readonly state: 'absent' }
  | { readonly state: 'text'; readonly text: string }
  /** Something is there that no managed file can be: a link, a directory, bytes that are no text. */
  | { readonly state: 'unusable'; readonly reason: string };

const width = 32;
const maxBytes = 64 * 1024 * 1024;

/** Reads many files of one directory. Links are not followed; a file that may not be read is a failure, not absent. */
export async function readFiles(root: string, paths: readonly string[]): Promise<ReadonlyMap<string, FileReading>> {
  const resolve = pathsInside(root);
  const readings = await inParallel(paths, width, async (relative) => readFile(await resolve(relative)));
  return new Map(paths.map((relative, index) => [relative, readings[index] as FileReading]));
}

/** Reads one file by its absolute path, as `readFiles` does. */
export async function readFile(absolute: string): Promise<FileReading> {
  try {
    const bytes = await readBytes(absolute, { flag: readFlags });
    return isDoubtful(bytes) ? (objectionTo(await lstat(absolute)) ?? textOf(bytes)) : textOf(bytes);
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return { state: 'absent' };
    return await whyUnreadable(absolute, cause);
  }
}

// A link is not followed, and a named pipe that nobody writes to is not waited for.
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * A pipe reads as nothing. What else is no regular file cannot be opened or read, so that the rest need not be asked
 * what they are: asking takes three times as long as reading, and ten thousand files are read for each plan.
 */
function isDoubtful({ length }: Buffer): boolean {
  return length === 0 || length > maxBytes;
}

async function whyUnreadable(absolute: string, cause: unknown): Promise<FileReading> {
  const stat = await lstat(absolute).catch(() => null);
  const objection = stat === null ? null : objectionTo(stat);
  if (objection === null) throw fileFailure('read', absolute, cause);
  return objection;
}

function objectionTo(stat: Stats): FileReading | null {
  if (stat.isSymbolicLink()) return { state: 'unusable', reason: 'a symbolic link is in its place' };
  if (stat.isDirectory()) return { state: 'unusable', reason: 'a directory is in its place' };
  if (!stat.isFile()) return { state: 'unusable', reason: 'it is not a regular file' };
  if (stat.size > maxBytes) return { state: 'unusable', reason: `it is larger than ${maxBytes} bytes` };
  return null;
}

function textOf(bytes: Buffer): FileReading {
  if (!isUtf8(bytes)) return { state: 'unusable', reason: 'it is not UTF-8 text' };
  return { state: 'text', text: bytes.toString('utf8') };
}
