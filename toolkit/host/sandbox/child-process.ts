import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex, type Readable } from 'node:stream';

const errorTextLength = 64 * 1024;

/** One child with its channel. It does not outlive its parent, and idle it does not keep the parent alive. */
export interface SandboxProcess {
  readonly channel: Duplex;
  /** What Node itself had to say when it failed; content cannot write here. */
  readonly errorText: () => string;
  readonly ended: Promise<ChildEnd>;
  readonly kill: () => void;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started. */
  readonly failure?: Error;
}

export function startChild(
  [file, ...args]: readonly [string, ...string[]],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): SandboxProcess {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'ignore', 'pipe', 'pipe'], windowsHide: true });
  const channel = channelOf(child);
  const kill = () => {
    // Who kills it also waits for its end.
    for (const handle of [child, channel, child.stderr]) setReferenced(handle, true);
    child.kill('SIGKILL');
  };
  const ended = new Promise<ChildEnd>((resolve) => {
    // `close` comes after the last byte of every pipe, so an answer that was written is never lost.
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', (failure) => resolve({ code: null, signal: null, failure }));
  });
  for (const handle of [child, channel, child.stderr]) setReferenced(handle, false);
  killWithParent(kill, ended);
  return { channel, errorText: collectText(child.stderr), ended, kill };
}

function channelOf(child: ChildProcess): Duplex {
  const channel = child.stdio[3];
  if (!(channel instanceof Duplex)) throw new Error('Bug: the child was started without its channel.');
  // A child that is gone does not read: its end is reported by `close`, with the reason.
  channel.on('error', () => undefined);
  return channel;
}

/** The pipes of a child are sockets, which can be unreferenced like the child; the types know them as streams. */
function setReferenced(handle: object | null, referenced: boolean): void {
  const method: unknown = handle === null ? undefined : Reflect.get(handle, referenced ? 'ref' : 'unref');
  if (typeof method === 'function') method.call(handle);
}

function killWithParent(kill: () => void, ended: Promise<ChildEnd>): void {
  process.once('exit', kill);
  void ended.then(() => process.off('exit', kill));
}

function collectText(stream: Readable | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    if (text.length < errorTextLength) text += chunk.toString('utf8');
  });
  return () => text;
}
