import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Where declarations stand. Sub-folders hold what these files import, except the catalogue, which is a product's.
 * Policies come first: what they are is taken before any file runs that they are to judge.
 */
const contentFolders = ['policies', 'cmdb/organisation', 'cmdb/items', 'stacks'] as const;

/** Folders of a repository that its code may read; never `.git`, `.opsctl` or a file of secrets. */
export const readableFolders: readonly string[] = [
  'alerts',
  'cmdb',
  'dashboards',
  'policies',
  'processes',
  'records',
  'runbooks',
  'stacks',
  'standards',
];

/** The files that a command loads, relative to the repository, in the order in which they are loaded. */
export async function listContentModules(repository: string): Promise<readonly string[]> {
  const folders = await Promise.all(contentFolders.map((folder) => listModules(repository, folder)));
  return folders.flat();
}

async function listModules(repository: string, folder: string): Promise<readonly string[]> {
  const names = await namesIn(join(repository, folder));
  const modules = names.filter((name) => /\.m?[tj]s$/.test(name) && !/\.(test|d)\.m?ts$/.test(name)).sort();
  // An organisation is one declaration with its parts beside it; the others are one declaration a file.
  const declared = folder === 'cmdb/organisation' ? modules.filter((name) => /^index\.m?[tj]s$/.test(name)) : modules;
  return declared.map((name) => `${folder}/${name}`);
}

/** Policies that cannot be read must not be policies that there are not. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw (await import('./file-failure.ts')).fileFailure('list', folder, error);
  }
}

/** The nearest folder, going up, that is a repository of content; null when there is none. */
export async function findRepository(start: string): Promise<string | null> {
  const found = await Promise.all([isFolder(join(start, 'stacks')), isFolder(join(start, 'cmdb', 'organisation'))]);
  if (found.every(Boolean)) return start;
  return dirname(start) === start ? null : findRepository(dirname(start));
}

/** Environments that the repository binds, by name. */
export async function listEnvironments(repository: string): Promise<readonly string[]> {
  const names = await readdir(join(repository, 'stacks/bindings')).catch(() => []);
  return names.flatMap((name) => (/\.ya?ml$/.test(name) ? [name.replace(/\.ya?ml$/, '')] : [])).sort();
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
