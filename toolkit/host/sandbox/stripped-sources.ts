import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import type { Installation } from './installation.ts';

/** JavaScript that was made of TypeScript, kept in files that the child may read. */
export interface StrippedSources {
  readonly files: readonly string[];
  /** Makes what is missing or changed. */
  readonly update: () => FreshSources;
}

export interface FreshSources {
  /** Those that hold what the sources are now; what could not be kept is not among them. */
  readonly files: readonly string[];
  /** False when the child may meet code that is in none of them. */
  readonly isComplete: boolean;
}

/** A text for each file, by its path. */
type ByPath = Record<string, string>;

/**
 * Three lines: a digest of the other two, what the files looked like that were read, and what was made of them. The
 * last is by far the longest, and only read when something has changed.
 */
interface Kept {
  readonly stamps: ByPath;
  readonly sources: () => ByPath;
}

const isCode = /\.m?[tj]s$/;
/** Of our own code, what no session imports. */
const notLoaded =
  /\/yaml\/(?!print-yaml|scalar-style|plain-scalar)|\/(cli|engine|host|providers|testing|lint|rule-tests|openslo|csv|json-schema|text-encoding|inventory|bindings)\/|\.test\.ts$/;
const none = /^$/;
const unusedForMs = 30 * 24 * 3_600_000;

/**
 * Taking types out needs a WebAssembly parser, which takes a process 80 ms to bring up, and the child may not keep what
 * it made. So it is made here, where it is only text, and kept beside the compile cache that the program itself runs
 * from: who can change the one can change the other. Null where there is no such cache; the child then does it all.
 */
export function strippedSources(
  { code, runsFromSources, cache }: Pick<Installation, 'code' | 'runsFromSources' | 'cache'>,
  content: readonly string[],
): StrippedSources {
  if (cache === null) return { files: [], update: () => ({ files: [], isComplete: false }) };
  // In two files: there are many repositories, and one package.
  const parts = [
    ...(runsFromSources ? [{ folders: code, leftOut: notLoaded }] : []),
    { folders: content, leftOut: none },
  ];
  const stored = parts.map((part) => ({ ...part, file: join(cache, `${digestOf(part.folders)}.json`) }));
  return {
    files: stored.map(({ file }) => file),
    update: () => {
      const updated = stored.map(({ file, folders, leftOut }) => updateFile(file, folders, leftOut));
      return {
        files: updated.flatMap(({ files }) => files),
        isComplete: updated.every(({ isComplete }) => isComplete),
      };
    },
  };
}

function digestOf(folders: readonly string[]): string {
  return createHash('sha256').update(folders.join('\n')).digest('hex');
}

function updateFile(file: string, folders: readonly string[], leftOut: RegExp): FreshSources {
  const kept = readKept(file);
  const search = folders.map(searchFolder);
  const paths = search.flatMap((found) => found.paths).filter((path) => !leftOut.test(path));
  const stamps: ByPath = Object.fromEntries(paths.map((path) => [path, stampOf(path)]));
  const isSearched = search.every((found) => found.isComplete);
  if (kept !== null && isDeepStrictEqual(kept.stamps, stamps)) return { files: [file], isComplete: isSearched };
  const sources = strippedAgain(stamps, kept);
  const isComplete = isSearched && paths.every((path) => Object.hasOwn(sources, path));
  return keep(file, stamps, sources) ? { files: [file], isComplete } : { files: [], isComplete: false };
}

/** What has changed is read again; what does not parse is left out, here and in what is kept, so it is tried each time. */
function strippedAgain(stamps: ByPath, kept: Kept | null): ByPath {
  const known = kept?.sources() ?? {};
  const sources: ByPath = {};
  for (const [path, stamp] of Object.entries(stamps)) {
    const source = kept?.stamps[path] === stamp ? known[path] : strippedOrNull(path);
    if (typeof source === 'string') sources[path] = source;
  }
  return sources;
}

/** Packages are left where they are: nobody imports them, and there may be thousands. */
function searchFolder(folder: string): { readonly paths: readonly string[]; readonly isComplete: boolean } {
  const paths: string[] = [];
  let isComplete = true;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name === 'node_modules') isComplete = false;
    else if (entry.isDirectory()) {
      const below = searchFolder(path);
      paths.push(...below.paths);
      isComplete &&= below.isComplete;
    } else if (entry.isFile() && isCode.test(entry.name)) paths.push(path);
    else if (entry.isSymbolicLink()) isComplete = false;
  }
  return { paths, isComplete };
}

/** With the time of the last change to the file or its name: unlike that of its content, nobody can set it back. */
function stampOf(path: string): string {
  const { size, ctimeMs, ino } = statSync(path);
  return `${size} ${ctimeMs} ${ino}`;
}

/** Null for what does not parse: the child, whose import of it fails, says where. */
function strippedOrNull(path: string): string | null {
  const { emitWarning } = process;
  process.emitWarning = () => undefined; // It is said to be experimental, to every user on every change of a file.
  try {
    return stripTypeScriptTypes(readFileSync(path, 'utf8'));
  } catch {
    return null;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Null for whatever is not there, or not just as it was written: it is made anew. */
function readKept(file: string): Kept | null {
  try {
    if (!lstatSync(file).isFile()) return null;
    const bytes = readFileSync(file);
    const second = bytes.indexOf('\n') + 1;
    const third = bytes.indexOf('\n', second) + 1;
    const digest = createHash('sha256').update(bytes.subarray(second)).digest('hex');
    if (bytes.toString('latin1', 0, second - 1) !== digest) return null;
    return {
      stamps: JSON.parse(bytes.toString('utf8', second, third)) as ByPath,
      sources: () => JSON.parse(bytes.toString('utf8', third)) as ByPath,
    };
  } catch {
    return null;
  }
}

/** False for a cache that cannot be written: it costs time and nothing else. */
function keep(file: string, stamps: ByPath, sources: ByPath): boolean {
  const staged = `${file}.${process.pid}`;
  try {
    const made = Object.fromEntries(Object.entries(stamps).filter(([path]) => Object.hasOwn(sources, path)));
    const text = `${JSON.stringify(made)}\n${JSON.stringify(sources)}`;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(staged, `${digestOf([text])}\n${text}`, { mode: 0o600 });
    renameSync(staged, file);
    dropUnused(dirname(file));
    return true;
  } catch {
    removeIfThere(staged);
    return false;
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return; // Nothing can be there either.
  }
}

/** Those of repositories that are gone, such as the ones of tests. */
function dropUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > unusedForMs) rmSync(path, { force: true });
  }
}
