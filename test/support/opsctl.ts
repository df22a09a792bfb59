import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const launcher: string = join(import.meta.dirname, '..', '..', 'opsctl');

export type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** One folder in which the real program is run, with an environment of its own and no terminal. */
export type Workplace = {
  readonly folder: string;
  /** Runs `./opsctl` with these words to its end. */
  readonly opsctl: (words: string, env?: Readonly<Record<string, string>>) => Ended;
  /** Starts it, for tests that do something while it runs. */
  readonly start: (words: string) => ChildProcess;
  /** Changes a file, which has to make a difference; gives what puts it back. */
  readonly edit: (file: string, ...change: Edit) => () => void;
  readonly remove: () => void;
};

/** One text instead of another, or any other change. */
type Edit = readonly [from: string, to: string] | readonly [change: (text: string) => string];

export function makeWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'opsctl-e2e-'));
  // Compiled code is kept between runs as it is for a user; nothing else of this machine's user is seen.
  const cache = join(tmpdir(), 'opsctl-e2e-cache');
  // What a slow machine is told of long work stays out of what tests read.
  const base = { PATH: '/usr/bin:/bin', HOME: folder, XDG_CACHE_HOME: cache, OPSCTL_PROGRESS: 'none' };
  return {
    folder,
    opsctl(words, env = {}) {
      const { status, stdout, stderr } = spawnSync(launcher, split(words), {
        cwd: folder,
        env: { ...base, ...env },
        encoding: 'utf8',
        input: '',
        maxBuffer: 256 * 1024 * 1024,
      });
      return { status, stdout, stderr };
    },
    start: (words) => spawn(launcher, split(words), { cwd: folder, env: base, stdio: ['ignore', 'pipe', 'pipe'] }),
    edit: (file, ...change) => editFile(resolve(folder, file), change),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function editFile(path: string, [change, to]: Edit): () => void {
  const before = readFileSync(path, 'utf8');
  const after = typeof change === 'string' ? before.replace(change, () => to ?? '') : change(before);
  if (after === before) throw new Error(`${path} has nothing that the edit would change.`);
  writeFileSync(path, after);
  return () => writeFileSync(path, before);
}

/** The events that `--json` wrote. */
export function eventsOf({ stdout }: Ended): Record<string, unknown>[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
}

function split(words: string): string[] {
  return words.split(' ').filter((word) => word !== '');
}
