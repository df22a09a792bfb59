import { setImmediate as nextTurn } from 'node:timers/promises';
import { Failure } from '../toolkit/diagnostics/index.ts';
import { describeDiagnostic } from '../toolkit/diagnostics/reporters/index.ts';
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
  const written = goOnWithoutReader();
  const exit = await run(argv, processIo(stopSignal(process)));
  const lost = await written();
  if (lost === null) return exitCodes[exit];
  process.stderr.write(
    `${describeDiagnostic(opsctlDiagnostics.create('output-lost', { reason: lost }), (_style, text) => text)}\n`,
  );
  return exit === 'done' ? exitCodes.failure : exitCodes[exit];
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
  if (asksForEvents(argv)) tellAsEvents(invocation, io);
  else io.stdout.write(invocation.stdout);
  return 'done';
}

function tellAsEvents({ what, command, stdout: text }: Invocation & { kind: 'tell' }, { stdout }: Io): void {
  const events = [
    { event: 'start', command, programVersion },
    what === 'version' ? { event: 'version', programVersion } : { event: 'help', text },
    { event: 'end', command, outcome: 'done', exitCode: exitCodes.done },
  ];
  for (const event of events) stdout.write(printEvent(event));
}

/** A line that is not run has no options either, so `--json` is looked for as it stands. */
function asksForEvents(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json');
}

function tellMisuse({ command, detail, hint, text }: Misuse, argv: readonly string[], io: Io): ExitName {
  const diagnostic = opsctlDiagnostics.create('usage', { problem: detail, hint });
  if (!asksForEvents(argv)) {
    // Without any command the text is the help itself.
    io.stderr.write(text.includes('error: ') ? `${describeDiagnostic(diagnostic, (_, plain) => plain)}\n` : text);
    return 'usage';
  }
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
 * `opsctl apply | head`, or a terminal that was closed: nobody reads the rest, and that is no error. A full disk is one,
 * and neither is a reason to leave work half done. Gives, when all is written, why some of it was not; null when it was.
 */
function goOnWithoutReader(): () => Promise<string | null> {
  let lost: string | null = null;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!codesWithoutReader.has(error.code)) lost ??= error.message;
    });
  }
  return async () => {
    await nextTurn(); // What a write has failed with is told after the write.
    return lost;
  };
}

// EIO is what the other end of a terminal that is gone answers.
const codesWithoutReader = new Set<string | undefined>(['EPIPE', 'ERR_STREAM_DESTROYED', 'EIO']);
