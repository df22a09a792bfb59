import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import type { DurableFiles } from '../../host/durable-files.ts';
import type { LockCell, LockRegister } from './state-backend.ts';
import { stateDiagnostics } from './state-diagnostics.ts';

/**
 * Compare-and-swap on a file system that has none: version N is the file `lock.N.json`, and the highest number counts.
 * A swap from N makes `lock.N+1.json` by link(), which only one of several callers can do.
 *
 * Old versions are removed, and that must not bring a number back: a caller that read N, then slept while others swapped
 * on and `lock.N+1.json` was removed again, would make it anew and think that it won. Hence three rules:
 *
 *   - the highest version is never removed, so whoever won wrongly finds a higher one when it looks again, and gives up;
 *   - a version is removed only when it is old (`keepMs`), and a swap counts only when it was quick (`swapMs`), measured
 *     from its read by a clock that cannot be set: what was made after that read is too young to be gone;
 *   - a look is a scan repeated until it sees the same twice, since a scan may miss what is renamed under it.
 */
export function createFileLockRegister(directory: string, files: DurableFiles): LockRegister {
  const readTimes = new WeakMap<LockCell, number>();
  return {
    async read() {
      const started = performance.now();
      const cell = await readCell(directory, files);
      readTimes.set(cell, started);
      return cell;
    },
    async swap(expected, text) {
      await files.makeDirectory(directory);
      const mine = expected.version + 1;
      if (mine > highestNumber) throw wornOut(versionPath(directory, expected.version));
      if (!(await files.create(versionPath(directory, mine), text))) return false;
      const isQuick = performance.now() - (readTimes.get(expected) ?? -swapMs) < swapMs;
      if (!isQuick || (await highestVersion(directory, files)) !== mine) {
        await files.remove(versionPath(directory, mine));
        return false;
      }
      await removeOldVersions(directory, files, mine);
      return true;
    },
    async renew(version, text) {
      await files.replace(versionPath(directory, version), text);
    },
  };
}

const swapMs = 10_000;
const keepMs = 30_000;
/** Kept whatever their age, as the trace of who held the lock last. */
const keepVersions = 2;
/** A run counts by one, so nothing but a file made by hand comes near. */
const highestNumber = 999_999_999_999_999;

/** Whether a file of this name says who holds a lock. */
export function isLockFile(name: string): boolean {
  return versionOf(name) !== null;
}

function versionPath(directory: string, version: number): string {
  return join(directory, `lock.${version}.json`);
}

async function readCell(directory: string, files: DurableFiles): Promise<LockCell> {
  let goneVersion = 0;
  for (;;) {
    const version = await highestVersion(directory, files);
    if (version === 0) return { version, text: null };
    const cell = await readVersion(directory, files, version);
    if (cell !== null) return cell;
    // The highest version is never removed, so one that is listed twice and never there is a link that leads nowhere.
    if (version === goneVersion) return { version, text: '' };
    goneVersion = version;
  }
}

/** Null when somebody removed it meanwhile. What cannot be read is a version all the same: the next one can follow it. */
async function readVersion(directory: string, files: DurableFiles, version: number): Promise<LockCell | null> {
  try {
    const content = await files.read(versionPath(directory, version));
    return content === null ? null : { version, text: content.toString('utf8') };
  } catch (error) {
    if (error instanceof Failure) return { version, text: '', trouble: error };
    throw error;
  }
}

async function highestVersion(directory: string, files: DurableFiles): Promise<number> {
  let highest = Math.max(0, ...(await versionsIn(directory, files)));
  for (;;) {
    const again = Math.max(0, ...(await versionsIn(directory, files)));
    if (again === highest) return highest;
    highest = again;
  }
}

async function versionsIn(directory: string, files: DurableFiles): Promise<readonly number[]> {
  return (await files.list(directory)).flatMap((name) => versionOf(name) ?? []);
}

function versionOf(name: string): number | null {
  const number = /^lock\.([1-9]\d{0,14})\.json$/.exec(name)?.[1];
  return number === undefined ? null : Number(number);
}

function wornOut(path: string): Failure {
  return new Failure(stateDiagnostics.create('lock-number', { path }, { subject: path }));
}

async function removeOldVersions(directory: string, files: DurableFiles, current: number): Promise<void> {
  for (const version of await versionsIn(directory, files)) {
    if (version > current - keepVersions) continue;
    const path = versionPath(directory, version);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0, // Somebody else removed it.
    );
    if (age > keepMs) await files.remove(path);
  }
}
