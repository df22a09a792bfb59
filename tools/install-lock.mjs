// Two scripts started at once must not both run `npm ci`, which begins by deleting node_modules. Plain JavaScript for an
// old Node.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const longestInstallMs = 15 * 60_000;

/**
 * Does the work while no other process does it. A lock whose process is gone, or that is very old, is taken over.
 *
 * @param {string} lock the path of the lock's file
 * @param {() => Promise<void>} work
 */
export async function underLock(lock, work) {
  mkdirSync(dirname(lock), { recursive: true });
  while (!take(lock)) await new Promise((resolve) => setTimeout(resolve, 300));
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** @param {string} lock */
function take(lock) {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (isStale(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** @param {string} lock */
function isStale(lock) {
  try {
    const ageMs = Date.now() - statSync(lock).mtimeMs;
    return ageMs > longestInstallMs || !isAlive(Number(readFileSync(lock, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false; // Released between two looks at it.
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return true; // Just made, its number not yet written.
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
