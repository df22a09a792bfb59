// Node 26 for Linux needs libatomic, which a Debian without compilers does not have. Where it is missing, a private copy
// is put beside Node, in `lib`, where ./opsctl and tools/bootstrap.mjs point the loader. Plain JavaScript for an old Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { aptMessage, hasApt, openArchive, unpackPackage } from './programs/apt.mjs';

const library = 'libatomic.so.1';

/**
 * What the environment must say for this Node to start; nothing on a machine that has the library.
 *
 * @param {string} node the path of `bin/node`
 */
export function libraryEnvironment(node) {
  const folder = libraryFolder(node);
  if (!existsSync(join(folder, library))) return {};
  return { LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter) };
}

/**
 * Makes Node start. Returns a sentence that says why it does not.
 *
 * @param {string} node
 * @returns {Promise<string | undefined>}
 */
export async function provideNodeLibrary(node) {
  const failure = startFailure(node);
  if (!failure.includes(library)) return failure === '' ? undefined : `Node 26 does not start here: ${failure}`;
  const reason = (await hasApt()) ? await copyFromDebian(libraryFolder(node)) : 'there is no apt-get to fetch it with';
  if (reason === undefined && startFailure(node) === '') return undefined;
  return `Node 26 needs ${library}, which this machine lacks (${reason}): install it (Debian: libatomic1).`;
}

/** @param {string} node */
function startFailure(node) {
  const { status, stderr } = spawnSync(node, ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, ...libraryEnvironment(node) },
  });
  return status === 0 ? '' : String(stderr).trim();
}

/**
 * @param {string} folder
 * @returns {Promise<string | undefined>} why it could not be done
 */
async function copyFromDebian(folder) {
  const work = await mkdtemp(join(tmpdir(), 'opsctl-libatomic-'));
  try {
    await openArchive(work);
    const libraries = join(await unpackPackage(work, 'libatomic1'), 'usr', 'lib');
    const [architecture = ''] = await readdir(libraries);
    await mkdir(folder, { recursive: true });
    await copyFile(join(libraries, architecture, library), join(folder, library));
    return undefined;
  } catch (error) {
    return aptMessage(error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} node */
function libraryFolder(node) {
  return join(dirname(dirname(node)), 'lib');
}
