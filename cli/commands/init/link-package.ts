import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDirectory } from '../../../toolkit/host/make-directory.ts';

/** Where the repository's tsconfig.json looks for the types when nothing is installed in node_modules. */
export const packageLink = '.opsctl/package';

/**
 * Links the running package into the repository for editors: opsctl itself finds itself without, but a type-checker
 * needs a path, and a path of this machine has no place in a file that is committed.
 */
export async function linkPackage(root: string): Promise<void> {
  const link = join(root, packageLink);
  await makeDirectory(dirname(link));
  await rm(link, { force: true });
  await symlink(packageRoot(), link, 'dir');
}

/** The root of a clone, or of the installed package, whose code lies in dist/. */
function packageRoot(): string {
  const above = ['../../../', '../../../../'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const root = above.find((directory) => existsSync(join(directory, 'package.json')));
  if (root === undefined) throw new Error('Bug: opsctl does not find its own package.json.');
  return root.replace(/[/\\]$/, '');
}
