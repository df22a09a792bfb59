import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { isErrorCode } from '../file-failure.ts';
import { makeDirectory } from '../make-directory.ts';
import { livenessOf, type ProcessIdentity, thisProcess } from '../process-identity.ts';
import { fileSetDiagnostics } from './diagnostics.ts';
import { leasePrefix, stagingFolder } from './relative-path.ts';

/** Keeps other processes from changing the same files: runs from two clones of a repository have no lock in common. */
export interface TargetLease {
  /** Throws a Failure when somebody has taken it away, which they may after a minute without a sign of life. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

interface Holder {
  readonly id: string;
  readonly owner: ProcessIdentity;
  readonly since: string;
}

/**
 * Takes the lease of some files of a directory, `name` saying which. It is a file in the folder of staged writes, made in one
 * step; that it is fresh is told by its time of change, and judged by the clock of its own file system.
 *
 * A holder of this machine is looked up: while it is there it keeps the lease, and once it is gone nobody waits. Of a holder
 * elsewhere only the time is known. Two that take over a dead lease at the same moment may both succeed for a moment; the
 * one that lost finds out before it moves any file (`assertHeld`).
 *
 * Null where this user can write no lease there: writing the files themselves will say why.
 */
export async function takeLease(root: string, name: string): Promise<TargetLease | null> {
  const folder = path.join(root, stagingFolder);
  const file = path.join(folder, `${leasePrefix}${name.replaceAll('/', '-')}.json`);
  const holder: Holder = { id: randomBytes(8).toString('hex'), owner: thisProcess(), since: new Date().toISOString() };
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      await makeDirectory(folder, 0o700);
      if (await create(file, holder)) return hold(root, file, holder);
      await takeAwayIfDead(root, file);
    }
  } catch (cause) {
    if (cause instanceof Failure && cause.diagnostic.code === inUse) throw cause;
    return null;
  }
  throw busy(root, null);
}

const attempts = 5;
const heartbeatMs = 10_000;
const expiresAfterMs = 60_000;
const inUse = 'file-set/in-use';

async function create(file: string, holder: Holder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o644);
    try {
      await handle.writeFile(JSON.stringify(holder));
    } finally {
      await handle.close();
    }
    return true;
  } catch (cause) {
    // Somebody who ends takes the folder away with the last lease in it.
    if (isErrorCode(cause, 'EEXIST', 'ENOENT')) return false;
    throw cause;
  }
}

function hold(root: string, file: string, { id }: Holder): TargetLease {
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), heartbeatMs);
  beat.unref();
  return {
    async assertHeld() {
      const found = await read(file);
      if (found.holder?.id !== id) throw new Failure(fileSetDiagnostics.create('lease-lost', { directory: root }));
    },
    async release() {
      clearInterval(beat);
      const { holder } = await read(file);
      if (holder?.id === id) await rm(file, { force: true });
      await rmdir(path.dirname(file)).catch(() => undefined);
    },
  };
}

/** Throws when the holder works, or may. */
async function takeAwayIfDead(root: string, file: string): Promise<void> {
  const found = await read(file);
  if (found.state === 'absent') return;
  const { holder } = found;
  // Without a holder it is being written this very moment, or was cut off there.
  const liveness = holder === null ? 'unknown' : livenessOf(holder.owner, thisProcess());
  if (liveness === 'alive') throw busy(root, holder);
  if (liveness === 'unknown' && (await ageMs(file)) <= expiresAfterMs) throw busy(root, holder);
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(file, aside);
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT')) return; // Somebody else was faster.
    throw cause;
  }
  // What was moved may be the lease of one who took over between the two looks: it goes back.
  const moved = await read(aside);
  if (moved.holder !== null && moved.holder.id !== holder?.id) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

type Found =
  | { readonly state: 'absent'; readonly holder: null }
  | { readonly state: 'there'; readonly holder: Holder | null };

async function read(file: string): Promise<Found> {
  try {
    return { state: 'there', holder: parse(await readFile(file, 'utf8')) };
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT')) return { state: 'absent', holder: null };
    throw cause;
  }
}

function parse(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder;
    return typeof holder.id === 'string' && typeof holder.owner.pid === 'number' ? holder : null;
  } catch {
    return null;
  }
}

/** By the clock of the file system, which may be that of another machine. */
async function ageMs(file: string): Promise<number> {
  const probe = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(probe, '');
    const [now, then] = await Promise.all([stat(probe), stat(file)]);
    return now.mtimeMs - then.mtimeMs;
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT')) return Number.POSITIVE_INFINITY;
    throw cause;
  } finally {
    await rm(probe, { force: true });
  }
}

function busy(directory: string, holder: Holder | null): Failure {
  const who =
    holder === null
      ? 'somebody who did not say who he is'
      : `${holder.owner.user} (process ${holder.owner.pid} on ${holder.owner.host}, since ${holder.since})`;
  return new Failure(fileSetDiagnostics.create('in-use', { directory, who }, { subject: directory }));
}
