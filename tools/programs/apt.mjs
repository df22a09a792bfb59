// Takes packages out of the Debian archive without root and without touching the system: apt's lists, caches and
// settings are in a folder of this run. tools/bootstrap.mjs needs it before there is a Node 26, so it is plain JavaScript.
import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** @returns {Promise<boolean>} */
export async function hasApt() {
  return await run('apt-get', ['--version']).then(
    () => true,
    () => false,
  );
}

/**
 * Fetches the package index into an empty folder.
 *
 * @param {string} work
 */
export async function openArchive(work) {
  for (const folder of ['debs', 'unpacked', 'state/lists/partial', 'cache/archives/partial']) {
    await mkdir(join(work, folder), { recursive: true });
  }
  await writeFile(join(work, 'apt.conf'), aptConfig(work));
  // It may fail for one source out of reach, often someone else's, and may say it went well without any of them. What
  // counts is whether there is an index now.
  const failure = await runApt(work, ['update']).then(() => undefined, toError);
  const lists = await readdir(join(work, 'state/lists'));
  if (lists.some((file) => file.includes('_Packages'))) return;
  throw failure ?? new Error('no package source could be reached');
}

/**
 * Downloads one package and unpacks it. Returns the folder it is in, below `work`.
 *
 * @param {string} work a folder given to openArchive
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function unpackPackage(work, name) {
  await runApt(work, ['download', name]);
  const deb = (await readdir(join(work, 'debs'))).find((file) => file.startsWith(`${name}_`));
  if (deb === undefined) throw new Error(`apt-get downloaded no file for ${name}`);
  const unpacked = join(work, 'unpacked', name);
  await run('dpkg-deb', ['-x', join(work, 'debs', deb), unpacked]);
  return unpacked;
}

/**
 * The line in which apt says what is wrong, when there is one.
 *
 * @param {unknown} error
 */
export function aptMessage(error) {
  const text = /** @type {{ readonly stderr?: string }} */ (error).stderr || toError(error).message;
  const line = text.split('\n').find((candidate) => candidate.startsWith('E: ')) ?? text.split('\n')[0] ?? '';
  return line.replace(/^E: /, '').replace(/\.$/, '');
}

/**
 * @param {string} work
 * @param {readonly string[]} args
 */
async function runApt(work, args) {
  await run('apt-get', ['-c', join(work, 'apt.conf'), '-q', ...args], {
    cwd: join(work, 'debs'),
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 16 * 1024 * 1024,
  });
}

/** @param {string} work */
function aptConfig(work) {
  return [
    `Dir::State "${work}/state";`,
    `Dir::State::lists "${work}/state/lists";`,
    `Dir::Cache "${work}/cache";`,
    // As root apt would become `_apt`, who may not write here.
    'APT::Sandbox::User "root";',
    // Only the package index is wanted: no translations, file lists or icons.
    'Acquire::Languages "none";',
    'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
    'Acquire::Retries "2";',
    'Acquire::http::Timeout "20";',
    'Acquire::https::Timeout "20";',
    // Hooks of the machine would act on its own caches: container images delete the archives there, for one.
    '#clear APT::Update::Pre-Invoke;',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    '',
  ].join('\n');
}

/** @param {unknown} reason */
function toError(reason) {
  return reason instanceof Error ? reason : new Error(String(reason));
}
