import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { constants as osConstants } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Failure } from '../diagnostics/index.ts';
import { isErrorCode } from './file-failure.ts';
import { programDiagnostics } from './program-diagnostics.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  /** Nothing of this process's environment is passed on but PATH and HOME: it may hold secrets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** What is printed beyond this is dropped, of each of the two streams. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ProgramResult {
  /** 128 and the signal's number when a signal ended it, as a shell says it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly isCutOff: boolean;
}

/**
 * Runs a program to its end, without a shell: arguments are passed as they are. Any exit code is a result; a program
 * that cannot start, hangs or is interrupted is a Failure, and then it and what it started have been killed.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const { timeoutMs = 30_000, maxOutputBytes = 1024 * 1024, signal } = options;
  const command = [file, ...args].join(' ');
  if (signal?.aborted) throw new Failure(programDiagnostics.create('interrupted', { command }));
  const child = start(file, args, options);
  const output = { stdout: collect(child.stdout, maxOutputBytes), stderr: collect(child.stderr, maxOutputBytes) };
  let stopped: 'timeout' | 'interrupted' | null = null;
  const stop = (why: 'timeout' | 'interrupted') => {
    stopped ??= why;
    killGroup(child.pid);
  };
  const timer = setTimeout(stop, timeoutMs, 'timeout');
  const interrupt = () => stop('interrupted');
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const exitCode = await ended(child, command);
    if (stopped === 'timeout') throw new Failure(programDiagnostics.create('timeout', { command, timeoutMs }));
    if (stopped === 'interrupted') throw new Failure(programDiagnostics.create('interrupted', { command }));
    const isCutOff = output.stdout.isCutOff() || output.stderr.isCutOff();
    return { exitCode, stdout: output.stdout.text(), stderr: output.stderr.text(), isCutOff };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Where a program is: a path as it is given when it can be run, or the first on PATH of that name; null for neither. */
export async function findProgram(name: string, searchPath = process.env.PATH ?? ''): Promise<string | null> {
  const candidates = name.includes(path.sep)
    ? [path.resolve(name)]
    : searchPath.split(path.delimiter).map((folder) => path.join(folder, name));
  for (const candidate of candidates) if (await isRunnable(candidate)) return candidate;
  return null;
}

async function isRunnable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** In a process group of its own, so that what it starts can be stopped with it. */
function start(file: string, args: readonly string[], { cwd, env }: ProgramOptions): Child {
  const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LANG: 'C.UTF-8' };
  return spawn(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (cause) {
    if (!isErrorCode(cause, 'ESRCH')) throw cause;
  }
}

function collect(stream: Readable, maxBytes: number) {
  const parts: Buffer[] = [];
  let size = 0;
  stream.on('data', (part: Buffer) => {
    if (size < maxBytes) parts.push(part.subarray(0, maxBytes - size));
    size += part.byteLength;
  });
  return { text: () => Buffer.concat(parts).toString('utf8'), isCutOff: () => size > maxBytes };
}

function ended(child: Child, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(startFailure(command, cause)));
    child.once('close', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });
}

function startFailure(command: string, cause: Error): Failure {
  if (isErrorCode(cause, 'ENOENT')) return new Failure(programDiagnostics.create('not-found', { command }), { cause });
  const reason = isErrorCode(cause, 'EACCES') ? 'this user may not run it' : cause.message;
  return new Failure(programDiagnostics.create('cannot-start', { command, reason }), { cause });
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : osConstants.signals[signal];
}
