import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, isErrorCode } from '../file-failure.ts';
import { makeDirectory } from '../make-directory.ts';
import { livenessOf, type ProcessIdentity, thisProcess } from '../process-identity.ts';
import { leasePrefix, stagingFolder } from './relative-path.ts';

/**
 * Private folders (0700) in which writes wait, former files are kept and a target's own check looks at the outcome. They
 * lie in the target directory itself, because a rename is one step only within a file system, and the parent may belong
 * to somebody else.
 */
export interface StagingArea {
  readonly directory: string;
  readonly next: string;
  readonly former: string;
  readonly overlay: string;
}

/** Makes an area of this process, and takes away those of processes that are gone. */
export async function openStagingArea(root: string): Promise<StagingArea> {
  const folder = path.join(root, stagingFolder);
  const directory = path.join(folder, randomBytes(6).toString('hex'));
  const area = {
    directory,
    next: path.join(directory, 'next'),
    former: path.join(directory, 'former'),
    overlay: path.join(directory, 'check'),
  };
  try {
    await makeDirectory(root);
    await removeLeftovers(root);
    await makeDirectory(area.next, 0o700);
    await writeFile(path.join(directory, ownerFile), JSON.stringify(thisProcess()));
    await mkdir(area.former, { mode: 0o700 });
  } catch (cause) {
    // On a full disk too, what is left would be the next run's first obstacle.
    await removeStagingArea(root, area).catch(() => undefined);
    throw fileFailure('write', root, cause);
  }
  return area;
}

export async function removeStagingArea(root: string, area: StagingArea): Promise<void> {
  await rm(area.directory, { recursive: true, force: true });
  await removeIfEmpty(path.join(root, stagingFolder));
}

/** Puts an area that holds the only copy of something where no later run tidies it away, and says where. */
export async function keepStagingArea(root: string, area: StagingArea): Promise<string> {
  const kept = path.join(root, stagingFolder, `${keptPrefix}${randomBytes(6).toString('hex')}`);
  await rename(area.directory, kept);
  return kept;
}

/**
 * Takes away what a killed process left. What it had moved into place stays as it is: that is what the next plan sees
 * and completes. What it had only staged was never seen by anybody.
 */
export async function removeLeftovers(root: string): Promise<void> {
  const folder = path.join(root, stagingFolder);
  for (const name of await namesIn(folder)) {
    if (name.startsWith(keptPrefix) || name.startsWith(leasePrefix)) continue;
    if (await isLeftover(path.join(folder, name))) await rm(path.join(folder, name), { recursive: true, force: true });
  }
  await removeIfEmpty(folder);
}

const ownerFile = 'owner.json';
const keptPrefix = 'kept-';
const ownerlessMs = 5_000;
const dayMs = 24 * 60 * 60_000;

async function isLeftover(area: string): Promise<boolean> {
  const owner = await ownerOf(area);
  const liveness = owner === null ? 'unknown' : livenessOf(owner, thisProcess());
  if (liveness !== 'unknown') return liveness === 'dead';
  // Nobody here can ask a process of another machine or container; a commit does not take a day. The owner is written
  // right after the folder is made: an area without one was cut off there, or while it was taken away.
  const { mtimeMs } = await stat(area);
  return Date.now() - mtimeMs > (owner === null ? ownerlessMs : dayMs);
}

async function ownerOf(area: string): Promise<ProcessIdentity | null> {
  try {
    return JSON.parse(await readFile(path.join(area, ownerFile), 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return [];
    throw cause;
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (cause) {
    if (!isErrorCode(cause, 'ENOENT', 'ENOTEMPTY', 'EEXIST')) throw cause;
  }
}
