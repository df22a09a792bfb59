import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { denialOf, printable, type SandboxDenial } from './denial.ts';

/** The folders of the repository that exist. */
export function contentFolders(repository: string, readable: readonly string[]): readonly string[] {
  return readable.map((folder) => join(repository, folder)).filter((folder) => existsSync(folder));
}

/**
 * Node's permission model follows symlinks to anywhere, so one that leaves the content folders is refused before the
 * child is told of the repository. `.git`, `.env` and `.opsctl` lie in the repository but in no content folder.
 */
export function findEscapingSymlink(repository: string, folders: readonly string[]): SandboxDenial | undefined {
  for (const folder of folders) {
    const links = realpathSync(folder) === folder ? symlinksIn(folder) : [folder];
    const escaping = links.find((link) => !staysInside(link, folders));
    if (escaping !== undefined) return escapeDenial(repository, escaping);
  }
  return undefined;
}

function symlinksIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return [path];
    return entry.isDirectory() ? symlinksIn(path) : [];
  });
}

function staysInside(link: string, folders: readonly string[]): boolean {
  const target = targetOf(link);
  const folder = folders.find((candidate) => target?.startsWith(candidate + sep));
  if (target === undefined || folder === undefined) return false;
  return !relative(folder, target)
    .split(sep)
    .some((part) => part.startsWith('.'));
}

/** Undefined for a link that leads nowhere, or round in circles. */
function targetOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

function escapeDenial(repository: string, link: string): SandboxDenial {
  const file = printable(relative(repository, link).replaceAll(sep, '/'));
  const target = targetOf(link);
  return denialOf('symlink-leaves-repository', `${file} is a symlink that leaves the content folders.`, {
    file,
    found: target === undefined ? 'nothing that can be read' : printable(target),
  });
}
