import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const program = 'usr/bin/prometheus-alertmanager';
const relocated = `${program}.relocated`;

// The same length, for Go knows the length of a text and not its end. A slash more at the end means nothing.
const installedFolder = '/usr/share/prometheus/alertmanager';
const folderFromPackage = 'usr/share/prometheus/alertmanager/';

/**
 * Lets Debian's Alertmanager run where it was unpacked. Debian has it read its default templates from the folder where
 * the package installs them, it does not start without, and no flag names another. So the private copy reads them from
 * a folder relative to its working directory, and a starter in the program's place goes there first.
 *
 * A copy in which the folder's name is not found is left as it is: another release may not need this.
 */
export async function relocateAlertmanager(packageFolder: string): Promise<void> {
  const path = join(packageFolder, program);
  const bytes = await readFile(path);
  if (!replaceFolder(bytes)) return;
  await rename(path, join(packageFolder, relocated));
  await writeFile(join(packageFolder, relocated), bytes);
  await writeFile(path, starter);
  await chmod(path, 0o755);
}

/** Replaces each use of the folder itself; `.../alertmanager/ui/` has a flag of its own. */
function replaceFolder(bytes: Buffer): boolean {
  let isFound = false;
  for (let at = bytes.indexOf(installedFolder); at >= 0; at = bytes.indexOf(installedFolder, at + 1)) {
    if (bytes[at + installedFolder.length] === '/'.charCodeAt(0)) continue;
    bytes.write(folderFromPackage, at);
    isFound = true;
  }
  return isFound;
}

// `exec` keeps the process id, so whoever starts it can stop it.
const starter = `#!/bin/sh
# Made by opsctl. Paths in the arguments must be absolute.
cd "$(dirname "$(readlink -f "$0")")/../.." && exec ./${relocated} "$@"
`;
