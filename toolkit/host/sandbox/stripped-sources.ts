import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import type { Installation } from './installation.ts';

/** JavaScript by the path of the TypeScript file that it was made of. */
export type StrippedSources = Readonly<Record<string, string>>;

interface Stored {
  readonly stamp: string;
  readonly sources: StrippedSources;
}

/** Not part of any session; what is missing here, the child strips itself. */
const leftOut = /(^|\/)(cli|engine|providers|testing)\/|\.test\.ts$/;

/**
 * Our own TypeScript without its types, for the child, which may not write a cache and would strip 160 files on every
 * command: a tenth of a second. Kept beside the compile cache that the program itself runs from, so it is trusted as
 * much as that one; content is never in it. Empty for an installed package and where there is no compile cache.
 */
export function strippedSources(
  { runsFromSources, code, manifest }: Installation,
  cacheFolder = usualCacheFolder(),
): StrippedSources {
  if (!runsFromSources || cacheFolder === undefined) return {};
  const file = join(cacheFolder, `${digestOf(manifest)}.json`);
  const paths = code.flatMap(sourceFiles);
  const stamp = digestOf(paths.map(stampOf).join('\n'));
  const stored = readStored(file);
  if (stored?.stamp === stamp) return stored.sources;
  const sources = Object.fromEntries(paths.map((path) => [path, stripTypeScriptTypes(readFileSync(path, 'utf8'))]));
  keep(file, { stamp, sources });
  return sources;
}

/** Node names its own folder after its version, so another one finds nothing here. */
function usualCacheFolder(): string | undefined {
  const folder = getCompileCacheDir();
  return folder === undefined ? undefined : `${folder}-stripped`;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.ts') && !leftOut.test(path.slice(dirname(folder).length)));
}

/** The time of the last change to the file or its name: unlike that of its content, nobody can set it back. */
function stampOf(path: string): string {
  const { size, ctimeMs, ino } = statSync(path);
  return `${path} ${size} ${ctimeMs} ${ino}`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readStored(file: string): Stored | null {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isStored(stored) ? stored : null;
  } catch {
    return null; // Not there, cut short or not ours: it is made anew.
  }
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'stamp' in value && 'sources' in value;
}

/** A cache that cannot be written costs time and nothing else. */
function keep(file: string, stored: Stored): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const staged = `${file}.${process.pid}`;
    writeFileSync(staged, JSON.stringify(stored), { mode: 0o600 });
    renameSync(staged, file);
  } catch {
    return;
  }
}
