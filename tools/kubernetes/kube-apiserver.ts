import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** What is built: a program of a dozen lines around the server's own package, and the modules with their checksums. */
const sources = join(import.meta.dirname, '../../test/e2e/kubernetes/apiserver');

/** Why the server cannot be built here; null where it can, or was before. Costs milliseconds. */
export function obstacleToBuild(): string | null {
  if (existsSync(builtProgram())) return null;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => existsSync(join(folder, 'go'))) ? null : 'go is not installed';
}

/**
 * The Kubernetes API server, which no distribution packages alone. Built from its published modules, which takes several
 * minutes the first time, and kept for the user by its version. Throws with what the compiler says.
 */
export async function buildApiServer(report: (line: string) => void): Promise<string> {
  const program = builtProgram();
  if (existsSync(program)) return program;
  await mkdir(dirname(program), { recursive: true });
  const work = await mkdtemp(`${program}.building-`);
  try {
    report(`Building kube-apiserver ${version()} from its modules; the first time this takes some minutes ...`);
    await compile(join(work, 'kube-apiserver'));
    // Complete or not there: runs at the same time cannot disturb each other.
    await rename(join(work, 'kube-apiserver'), program);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return program;
}

function builtProgram(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'opsctl', 'kube-apiserver', `${version()}-${process.platform}-${process.arch}`);
}

/** As `go.mod` has it: the one place where it is raised. */
function version(): string {
  const [, found] = /k8s\.io\/kubernetes v(\S+)/.exec(readFileSync(join(sources, 'go.mod'), 'utf8')) ?? [];
  if (found === undefined) throw new Error(`${sources}/go.mod does not require k8s.io/kubernetes.`);
  return found;
}

async function compile(output: string): Promise<void> {
  const [major, minor] = version().split('.');
  const stamp = { gitVersion: `v${version()}`, gitMajor: major, gitMinor: minor };
  const linked = Object.entries(stamp).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  const flags = ['-trimpath', '-buildvcs=false', `-ldflags=-s -w ${linked.join(' ')}`, '-o', output, '.'];
  const env = { ...process.env, CGO_ENABLED: '0' };
  const child = spawn('nice', ['-n', '10', 'go', 'build', ...flags], {
    cwd: sources,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`go build ended with ${code}:\n${Buffer.concat(said).toString('utf8').slice(-4000)}`);
}
