import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type RunningProgram = {
  readonly url: string;
  readonly pid: number;
  /** All it has printed so far. */
  output(): string;
  /** Ends it by its process id and waits until it is gone. */
  stop(): Promise<void>;
};

export type ProgramStart = {
  readonly program: string;
  /** Where it is to answer; a port that is free unless told. */
  readonly port?: number;
  /** Arguments for that port. */
  readonly args: (port: number) => readonly string[];
  /** Path that answers with a status below 400 once it is ready. */
  readonly ready: string;
  readonly env?: Readonly<Record<string, string>>;
};

const readyWithinMs = 30_000;
const stopWithinMs = 10_000;

/** Starts a program on a port of the loopback address and waits until it answers. */
export async function startProgram({
  program,
  args,
  ready,
  env = {},
  ...wanted
}: ProgramStart): Promise<RunningProgram> {
  const port = wanted.port ?? (await freePort());
  const child = spawn(program, args(port), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
  });
  // A test run that is cut off must not leave it running.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const output = collectOutput(child);
  const running: RunningProgram = {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output,
    stop: () => stop(child),
  };
  try {
    await untilReady(running.url + ready, child);
  } catch (cause) {
    await running.stop();
    throw new Error(`${program} did not get ready. It said:\n${output()}`, { cause });
  }
  return running;
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('Bug: a listening server has no port.');
  return address.port;
}

function collectOutput(child: ChildProcess): () => string {
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => parts.push(part));
  child.on('error', (error) => parts.push(Buffer.from(error.message)));
  return () => Buffer.concat(parts).toString('utf8');
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + readyWithinMs;
  while (Date.now() < end) {
    if (hasEnded(child) || child.pid === undefined) throw new Error('It ended.');
    const isReady = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (answer) => answer.status < 400,
      () => false,
    );
    if (isReady) return;
    await sleep(50);
  }
  throw new Error(`${url} did not answer within ${readyWithinMs / 1000} s.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await gone;
  clearTimeout(timer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
