import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure, isErrorCode } from '../file-failure.ts';
import { inParallel } from '../in-parallel.ts';
import type { PendingFile } from './pending-file.ts';
import { stagingFolder } from './relative-path.ts';

/**
 * Shows the target directory as it will be, for a check before anything live sees it: links to the files that stay, and
 * to the waiting bytes of those that change.
 *
 * ```text
 * etc/prometheus.yml, etc/rules/a.yaml, etc/rules/b.yaml, staged: write rules/b.yaml
 *   -> check/prometheus.yml -> etc/prometheus.yml   check/rules/a.yaml -> etc/rules/a.yaml   check/rules/b.yaml -> next/7
 * ```
 */
export async function makeOverlay(root: string, overlay: string, pending: readonly PendingFile[]): Promise<void> {
  const files = pending.map((file) => ({ segments: file.path.split('/'), file }));
  try {
    await makeFolder(root, overlay, files);
  } catch (cause) {
    throw fileFailure('write', overlay, cause);
  }
}

interface Placed {
  /** Segments of the path from the folder at hand. */
  readonly segments: readonly string[];
  readonly file: PendingFile;
}

const width = 16;

async function makeFolder(real: string, overlay: string, changes: readonly Placed[]): Promise<void> {
  await mkdir(overlay, { mode: 0o700 });
  const byName = Map.groupBy(changes, ({ segments }) => segments[0] ?? '');
  const untouched = (await namesIn(real)).filter((name) => !byName.has(name) && name !== stagingFolder);
  await inParallel(untouched, width, (name) => symlink(path.join(real, name), path.join(overlay, name)));
  for (const [name, placed] of byName) await place(path.join(real, name), path.join(overlay, name), placed);
}

async function place(real: string, overlay: string, placed: readonly Placed[]): Promise<void> {
  const below = placed.filter(({ segments }) => segments.length > 1);
  if (below.length > 0) {
    const deeper = below.map(({ segments, file }) => ({ segments: segments.slice(1), file }));
    return makeFolder(real, overlay, deeper);
  }
  for (const { file } of placed) if (file.kind === 'write') await symlink(file.next, overlay);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT', 'ENOTDIR')) return [];
    throw cause;
  }
}
