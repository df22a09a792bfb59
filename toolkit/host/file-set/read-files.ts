import { isUtf8 } from 'node:buffer';
import { constants, lstatSync, readFileSync, type Stats } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Failure } from '../../diagnostics/index.ts';
import { fileFailure, isErrorCode } from '../file-failure.ts';
import { pathsInside } from './relative-path.ts';

export type FileReading =
  | { readonly state: 'absent' }
  | { readonly state: 'text'; readonly text: string }
  /** Something is there that no managed file can be, and that a write replaces: a link, bytes that are no text. */
  | { readonly state: 'unusable'; readonly reason: string };

/** Of many files, one that cannot be read is told of without keeping the others from being. */
export type FileAnswer = FileReading | { readonly state: 'unreadable'; readonly reason: string };

/** After so many files, whatever else waits has its turn: a signal, an answer of a server. */
const atOnce = 200;
const maxBytes = 64 * 1024 * 1024;

/**
 * Reads many files of one directory. Links are not followed; a file that may not be read is not absent. They are read
 * one after the other without waiting: ten thousand are read for each plan, and handing each to another thread takes
 * three times as long as reading it.
 */
export async function readFiles(root: string, paths: readonly string[]): Promise<ReadonlyMap<string, FileAnswer>> {
  const resolve = pathsInside(root);
  const answers = new Map<string, FileAnswer>();
  for (const relative of paths) {
    answers.set(relative, answerOf(await resolve(relative)));
    if (answers.size % atOnce === 0) await nextTurn();
  }
  return answers;
}

function answerOf(absolute: string): FileAnswer {
  try {
    return readFile(absolute);
  } catch (cause) {
    return unreadable(cause);
  }
}

function unreadable(cause: unknown): FileAnswer {
  if (!(cause instanceof Failure)) throw cause;
  return { state: 'unreadable', reason: `${cause.diagnostic.summary}. ${cause.diagnostic.detail}` };
}

/** Reads one file by its absolute path; throws a Failure when something is there that cannot be read or replaced. */
export function readFile(absolute: string): FileReading {
  try {
    const bytes = readFileSync(absolute, { flag: readFlags });
    return isDoubtful(bytes) ? (objectionTo(lstatSync(absolute)) ?? textOf(bytes)) : textOf(bytes);
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return { state: 'absent' };
    return whyUnreadable(absolute, cause);
  }
}

// A link is not followed, and a named pipe that nobody writes to is not waited for.
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * A pipe reads as nothing. What else is no regular file cannot be opened or read, so that the rest need not be asked
 * what they are.
 */
function isDoubtful({ length }: Buffer): boolean {
  return length === 0 || length > maxBytes;
}

function whyUnreadable(absolute: string, cause: unknown): FileReading {
  const stat = statOrNull(absolute);
  const objection = stat === null || stat.isDirectory() ? null : objectionTo(stat);
  if (objection === null) throw fileFailure('read', absolute, cause);
  return objection;
}

function statOrNull(absolute: string): Stats | null {
  try {
    return lstatSync(absolute);
  } catch {
    return null;
  }
}

function objectionTo(stat: Stats): FileReading | null {
  if (stat.isSymbolicLink()) return { state: 'unusable', reason: 'a symbolic link is in its place' };
  if (!stat.isFile()) return { state: 'unusable', reason: 'it is not a regular file' };
  if (stat.size > maxBytes) return { state: 'unusable', reason: `it is larger than ${maxBytes} bytes` };
  return null;
}

function textOf(bytes: Buffer): FileReading {
  if (!isUtf8(bytes)) return { state: 'unusable', reason: 'it is not UTF-8 text' };
  return { state: 'text', text: bytes.toString('utf8') };
}
