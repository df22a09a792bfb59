import { existsSync } from 'node:fs';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../diagnostics/index.ts';
import { makeDirectory } from '../../host/make-directory.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';

/** Where Pulumi runs for a repository, and as which project. */
export interface PulumiProject {
  /** Of the repository. */
  readonly root: string;
  /** `stacks/pulumi`, where the repository has the project of its own; else a folder that is no part of it. */
  readonly directory: string;
  readonly name: string;
}

const ownProject = 'stacks/pulumi';
const privateFolder = '.opsctl/pulumi';

export async function openProject(root: string): Promise<PulumiProject> {
  const own = join(root, ownProject);
  const declared = await readFile(join(own, 'Pulumi.yaml'), 'utf8').catch(() => null);
  // The name alone is wanted, and it is a word of its own line: no reason to load a reader of YAML.
  const name = declared === null ? undefined : /^name:\s*["']?([\w.-]+)/m.exec(declared)?.[1];
  return name === undefined
    ? { root, directory: join(root, privateFolder), name: 'opsctl' }
    : { root, directory: own, name };
}

/** Without a project file Pulumi knows of no stack: where the repository has none, a private one stands for it. */
export async function ensureProjectFile({ directory, name }: PulumiProject): Promise<void> {
  await makeDirectory(directory);
  const file = join(directory, 'Pulumi.yaml');
  if (!existsSync(file)) await writeFile(file, `name: ${name}\nruntime: nodejs\n`);
}

/** Links to the packages, for the processes of a run: the repository itself need not have them installed. */
export async function linkPackages({ root }: PulumiProject, hasClusterObjects: boolean): Promise<void> {
  const packages = join(root, privateFolder, 'packages');
  await makeDirectory(packages);
  await link(join(packages, 'opsctl'), packageRoot());
  await link(join(packages, '@pulumi'), dirname(installedPackage('@pulumi/pulumi')));
  if (hasClusterObjects) installedPackage('@pulumi/kubernetes');
}

/**
 * What the processes get that Pulumi starts. They run `node` of PATH: ours stands first, and finds this package and
 * Pulumi's, wherever they are installed. Credentials and passphrases are the operator's and pass through.
 */
export function environmentOf(
  { root, directory: _ }: PulumiProject,
  { env, bindingsFile, adopted, released }: RunEnvironment,
): Record<string, string> {
  const inherited = Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const runsFromSources = import.meta.url.endsWith('.ts');
  const condition = '--conditions=opsctl-source';
  const options = env['NODE_OPTIONS'] ?? '';
  return {
    ...inherited,
    PATH: [dirname(process.execPath), env['PATH']].filter(Boolean).join(delimiter),
    NODE_PATH: [join(root, privateFolder, 'packages'), env['NODE_PATH']].filter(Boolean).join(delimiter),
    NODE_OPTIONS: runsFromSources && !options.includes(condition) ? `${options} ${condition}`.trim() : options,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    OPSCTL_DIRECTORY: root,
    ...(bindingsFile === null ? {} : { OPSCTL_BINDINGS: bindingsFile }),
    OPSCTL_ADOPT: adopted.join('\n'),
    OPSCTL_FORGET: released.join('\n'),
    // Whoever starts the run has claimed the targets, and holds them for all of it.
    OPSCTL_CLAIMED: 'true',
  };
}

export interface RunEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly bindingsFile: string | null;
  readonly adopted: readonly string[];
  readonly released: readonly string[];
}

/** Throws a Failure that says which line installs it. */
function installedPackage(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch (cause) {
    throw new Failure(pulumiDiagnostics.create('not-installed', { package: name, install: `npm install ${name}` }), {
      cause,
    });
  }
}

async function link(path: string, target: string): Promise<void> {
  await rm(path, { force: true });
  await symlink(target, path, 'dir');
}

/** The root of a clone, or of the installed package, whose code lies in dist/. */
function packageRoot(): string {
  const above = ['../../../', '../../../../'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const root = above.find((directory) => existsSync(join(directory, 'package.json')));
  if (root === undefined) throw new Error('Bug: opsctl does not find its own package.json.');
  return root.replace(/[/\\]$/, '');
}
