import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { libraryFolders, type ProgramName } from '../../tools/programs.ts';

/** A server under test that does not speak HTTP, so that its exporter says when it is ready. */
export type ServerStart = {
  readonly program: string;
  readonly args: readonly string[];
  /** Whose libraries it needs. */
  readonly name: ProgramName;
  readonly env?: Readonly<Record<string, string>>;
  /** The signal that ends it at once, where SIGTERM does not. */
  readonly endBy?: 'SIGINT';
  /** Whom it runs as, where not as us. */
  readonly user?: { readonly uid: number; readonly gid: number };
};

export type RunningServer = {
  /** All it has printed so far. */
  output(): string;
  /** Ends it by its process id and waits until it is gone. */
  stop(): Promise<void>;
};

const readyWithinMs = 60_000;
const stopWithinMs = 10_000;

/** Starts a server in the foreground. */
export function startServer({ program, args, name, env = {}, endBy, user }: ServerStart): RunningServer {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...environmentOf(name), ...env },
    ...user,
  });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part));
  child.on('error', (error) => parts.push(Buffer.from(error.message)));
  // A test run that is cut off must not leave it running.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return { output: () => Buffer.concat(parts).toString('utf8'), stop: () => stop(child, endBy ?? 'SIGTERM') };
}

/** Where a private copy of the program finds its libraries. */
export function environmentOf(name: ProgramName): Readonly<Record<string, string>> {
  const folders = libraryFolders([name]);
  return folders.length === 0 ? {} : { LD_LIBRARY_PATH: folders.join(':') };
}

/** The page, once it has all these lines. */
export async function readUntil(url: string, lines: readonly string[], server: RunningServer): Promise<string> {
  const end = Date.now() + readyWithinMs;
  for (;;) {
    const page = await fetch(url).then(
      (answer) => answer.text(),
      () => '',
    );
    const missing = lines.filter((line) => !page.includes(`\n${line}`));
    if (missing.length === 0) return page;
    if (Date.now() > end) throw new Error(`${url} has not ${missing.join(', ')}. The server said:\n${server.output()}`);
    await sleep(100);
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await gone;
  clearTimeout(timer);
}
