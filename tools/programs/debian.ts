import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { programsFolder } from '../../toolkit/host/unpacked-programs.ts';
import { aptMessage, hasApt, openArchive, unpackPackage } from './apt.mjs';
import { relocateAlertmanager } from './relocate-alertmanager.ts';

const workPrefix = '.unpacking-';
const abandonedAfterMs = 60 * 60_000;

/**
 * Downloads packages with apt and unpacks them into programsFolder(). Returns a sentence when that fails.
 *
 * All work is done in a folder of this run, and a package appears under its own name by one rename when it is complete:
 * runs at the same time cannot disturb each other, and one that is killed leaves nothing half done.
 */
export async function fetchPackages(
  packages: readonly string[],
  report: (line: string) => void,
): Promise<string | undefined> {
  if (!(await hasApt())) return 'There is no apt-get here to fetch them with.';
  const started = performance.now();
  report(`Fetching ${packages.join(', ')} from the Debian archive, for your own use ...`);
  const failures = await fetchAll(packages).catch((error: unknown) => [aptMessage(error)]);
  if (failures.length > 0) return `Fetching from Debian failed: ${failures.join('; ')}.`;
  report(`Fetched in ${Math.round((performance.now() - started) / 1000)} s, into ${programsFolder()}.`);
  return undefined;
}

/** Fetches what can be had and returns what went wrong with the rest. */
async function fetchAll(packages: readonly string[]): Promise<string[]> {
  await mkdir(programsFolder(), { recursive: true });
  await removeAbandoned();
  const work = await mkdtemp(join(programsFolder(), workPrefix));
  const failures: string[] = [];
  try {
    await openArchive(work);
    for (const name of packages) await fetchPackage(name, work).catch((error) => failures.push(aptMessage(error)));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return failures;
}

async function fetchPackage(name: string, work: string): Promise<void> {
  const unpacked = await unpackPackage(work, name);
  if (name === 'prometheus-alertmanager') await relocateAlertmanager(unpacked);
  try {
    await rename(unpacked, join(programsFolder(), name));
  } catch (error) {
    // Another run was first; its copy is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

async function removeAbandoned(): Promise<void> {
  for (const entry of await readdir(programsFolder())) {
    if (!entry.startsWith(workPrefix)) continue;
    const path = join(programsFolder(), entry);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandonedAfterMs) await rm(path, { recursive: true, force: true });
  }
}
