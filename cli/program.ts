import { Failure } from '../toolkit/diagnostics/index.ts';
import { programVersion } from '../toolkit/operate/program-version.ts';
import { type Invocation, type Misuse, parseArguments } from './arguments/parse.ts';
import { commands } from './commands/index.ts';
import { type ExitName, exitCodes, exitOfDiagnostics } from './exit-code.ts';
import type { Io } from './io.ts';
import { printEvent } from './output/view.ts';
import { opsctlDiagnostics } from './program-diagnostics.ts';
import { openSession, type Session } from './session.ts';
import { stopSignal } from './stop-signal.ts';

/** Runs the command that `argv` names on this process's own streams, and returns its exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  goOnWithoutReader();
  return exitCodes[await run(argv, processIo(stopSignal(process)))];
}

/** The whole program on any streams. */
export async function run(argv: readonly string[], io: Io): Promise<ExitName> {
  const invocation = await parseArguments(argv, {
    commands,
    version: programVersion,
    env: io.env,
    columns: io.columns ?? 100,
  });
  if (invocation.kind === 'run') return await runCommand(invocation, io);
  if (invocation.kind === 'misused') return tellMisuse(invocation, argv, io);
  io.stdout.write(invocation.stdout);
  return 'done';
}

/** A line that cannot be read has no options either, so `--json` is looked for as it stands. */
function tellMisuse({ command, detail, hint, text }: Misuse, argv: readonly string[], io: Io): ExitName {
  const end = argv.indexOf('--');
  if (!argv.slice(0, end < 0 ? argv.length : end).includes('--json')) {
    io.stderr.write(text);
    return 'usage';
  }
  const diagnostic = opsctlDiagnostics.create('usage', { problem: detail, hint });
  const events = [
    { event: 'start', command, programVersion },
    { event: 'diagnostic', diagnostic },
    { event: 'end', command, outcome: 'usage', exitCode: exitCodes.usage },
  ];
  for (const event of events) io.stdout.write(printEvent(event));
  return 'usage';
}

async function runCommand(invocation: Invocation & { kind: 'run' }, io: Io): Promise<ExitName> {
  const session = openSession(io, invocation.name, invocation.globals, programVersion);
  session.emit({ event: 'start', command: invocation.name, programVersion });
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
  session.tell([opsctlDiagnostics.create('bug', { stack })]);
  return 'failure';
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

/**
 * `opsctl apply | head`, or a terminal that was closed: nobody reads the rest, and that is neither an error nor a reason
 * to leave work half done.
 */
function goOnWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!codesWithoutReader.has(error.code)) throw error;
    });
  }
}

// EIO is what the other end of a terminal that is gone answers.
const codesWithoutReader = new Set<string | undefined>(['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO']);
