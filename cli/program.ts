import { existsSync, readFileSync } from 'node:fs';
import { Failure } from '../toolkit/diagnostics/index.ts';
import { type Invocation, parseArguments } from './arguments/parse.ts';
import { commands } from './commands/index.ts';
import { type ExitName, exitCodes, exitOfDiagnostics } from './exit-code.ts';
import type { Io } from './io.ts';
import { programDiagnostics } from './program-diagnostics.ts';
import { openSession, type Session } from './session.ts';

/** Runs the command that `argv` names on this process's own streams, and returns its exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  return exitCodes[await run(argv, processIo(stopSignal()))];
}

/** The whole program on any streams. */
export async function run(argv: readonly string[], io: Io): Promise<ExitName> {
  const version = programVersion();
  const invocation = await parseArguments(argv, { commands, version, env: io.env, columns: io.columns ?? 100 });
  if (invocation.kind === 'run') return await runCommand(invocation, io, version);
  io.stdout.write(invocation.stdout);
  io.stderr.write(invocation.stderr);
  return invocation.exit;
}

async function runCommand(invocation: Invocation & { kind: 'run' }, io: Io, version: string): Promise<ExitName> {
  const session = openSession(io, invocation.name, invocation.globals, version);
  session.emit({ event: 'start', command: invocation.name, programVersion: version });
  const exit = await invocation.run(session).catch((error: unknown) => endOfError(error, session));
  session.progress.clear();
  session.emit({ event: 'end', command: invocation.name, outcome: exit, exitCode: exitCodes[exit] });
  return exit;
}

function endOfError(error: unknown, session: Session): ExitName {
  if (session.io.signal.aborted) {
    session.remark('Interrupted.');
    return 'interrupted';
  }
  if (error instanceof Failure) {
    session.tell([error.diagnostic]);
    const exit = exitOfDiagnostics([error.diagnostic], 'notice');
    return exit === 'findings' ? 'failure' : exit;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  session.tell([programDiagnostics.create('unexpected', { stack })]);
  return 'failure';
}

/** Asked once (Ctrl-C, or a supervisor's SIGTERM), the program stops cleanly; asked twice, at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    process.stderr.write('\nStopping: what has begun is brought to its end. Once more stops at once.\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}

function processIo(signal: AbortSignal): Io {
  const { stdin, stdout, stderr, env } = process;
  return {
    stdin,
    stdout,
    stderr,
    isTerminal: { stdin: stdin.isTTY === true, stdout: stdout.isTTY === true, stderr: stderr.isTTY === true },
    columns: stdout.columns ?? null,
    env,
    cwd: process.cwd(),
    signal,
    now: () => new Date(),
  };
}

/** `opsctl graph | head`: nobody reads the rest, and that is no error. */
function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

function programVersion(): string {
  const manifests = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url));
  const manifest = manifests.find((url) => existsSync(url));
  if (manifest === undefined) throw new Error('Bug: opsctl does not find its own package.json.');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
