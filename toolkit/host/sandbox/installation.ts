import { existsSync, realpathSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this package lies, as far as the child has to read it. */
export interface Installation {
  /** Our package.json: `opsctl` and `opsctl/*` mean what its `exports` say. */
  readonly manifest: string;
  readonly code: readonly string[];
  readonly dependencies: readonly string[];
  /** A clone runs its sources with no build, an installed package what was compiled from them. */
  readonly runsFromSources: boolean;
  /** Where code without its types is kept; null: nowhere, so that the child makes it each time. */
  readonly cache: string | null;
}

/** This folder's third parent: the root of a clone, or `dist` of the installed package. */
const codeRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** Beside these, a clone also holds the content of its own organisation, which is not part of the package. */
const contentKinds = ['alerts', 'cmdb', 'dashboards', 'policies', 'processes', 'runbooks', 'standards'];

/**
 * The packages that code in the child needs, with all that they need. The schema validator is not among them: it makes
 * code from text, which is off in the child, and the parent validates what comes out in any case.
 */
const dependencies = ['yaml', 'csv-parse'];

export const childEntry = join(codeRoot, 'cli', 'sandbox-main.js');

/** Read by the child whatever the session is. */
export const childCode = [join(codeRoot, 'cli'), join(codeRoot, 'toolkit', 'host', 'sandbox', 'child')];

export function findInstallation(): Installation {
  const runsFromSources = import.meta.url.endsWith('.ts');
  const root = runsFromSources ? codeRoot : dirname(codeRoot);
  return {
    manifest: join(root, 'package.json'),
    code: runsFromSources ? sourceFolders(root) : [codeRoot],
    dependencies: dependencies.flatMap((name) => installedPackage(name, root)),
    runsFromSources,
    cache: cacheFolder(),
  };
}

/** Node names its own folder after its version, so another version finds nothing here. */
function cacheFolder(): string | null {
  const folder = getCompileCacheDir();
  return folder === undefined ? null : `${folder}-stripped`;
}

function sourceFolders(root: string): readonly string[] {
  const catalogues = contentKinds.map((kind) => join(root, kind, 'catalogue'));
  return [join(root, 'toolkit'), join(root, 'cli'), ...catalogues.filter((folder) => existsSync(folder))];
}

/** As Node looks for it: in the nearest `node_modules`, going up. One that is missing is reported when it is imported. */
function installedPackage(name: string, from: string): readonly string[] {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return [realpathSync(folder)];
  return dirname(from) === from ? [] : installedPackage(name, dirname(from));
}
