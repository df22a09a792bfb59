import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the quickstart and the tests unpack programs of others, a folder for each Debian package. Another release or
 * architecture has a folder of its own.
 */
export function programsFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'opsctl', 'programs', `${releaseName()}-${process.arch}`);
}

/** A checker that was unpacked there; null where it was not. It is of Debian's version, whatever the servers are of. */
export function findUnpackedChecker(name: 'promtool' | 'amtool'): string | null {
  const path = join(programsFolder(), packages[name], 'usr/bin', name);
  return existsSync(path) ? path : null;
}

const packages = { promtool: 'prometheus', amtool: 'prometheus-alertmanager' } as const;

function releaseName(): string {
  if (!existsSync('/etc/os-release')) return process.platform;
  return /^VERSION_CODENAME="?([\w.-]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
}
