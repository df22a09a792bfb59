import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, Failure } from '../diagnostics/index.ts';
import { fileFailure, isErrorCode } from '../host/file-failure.ts';
import { inParallel } from '../host/in-parallel.ts';
import { decodeText } from '../languages/text-encoding/index.ts';
import { type ForeignFile, lintReadingDiagnostics } from '../lint/index.ts';

export interface ReadFiles {
  readonly files: readonly ForeignFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads what may be rules, configurations or dashboards below the places that are named, by path, so that the order does
 * not depend on the disk. Paths are told relative to `base`, as editors and code scanning open them.
 */
export async function readForeignFiles(places: readonly string[], base: string): Promise<ReadFiles> {
  const diagnostics: Diagnostic[] = [];
  const paths = new Set<string>();
  for (const place of places) {
    for (const path of await listPlace(place, resolve(base, place), diagnostics)) paths.add(path);
  }
  const read = await inParallel([...paths].sort(), filesAtOnce, (path) => readOne(path, base));
  return {
    files: read.flatMap((found) => ('text' in found ? [found] : [])),
    diagnostics: [...diagnostics, ...read.flatMap((found) => ('text' in found ? [] : [found]))],
  };
}

const filesAtOnce = 16;
const largestBytes = 128e6;
const readNames = /\.(?:ya?ml|json|rules)$/i;
/** Generated, or somebody else's. */
const passedOver = new Set(['node_modules', 'vendor']);

/** A file that is named is read whatever it is called. */
async function listPlace(given: string, place: string, diagnostics: Diagnostic[]): Promise<readonly string[]> {
  try {
    if (!(await stat(place)).isDirectory()) return [place];
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ENOTDIR')) {
      const noPlace = lintReadingDiagnostics.create('no-such-place', { path: given }, { subject: given });
      throw new Failure(noPlace, { cause: error });
    }
    throw fileFailure('read', place, error);
  }
  return await listFolder(place, diagnostics);
}

async function listFolder(folder: string, diagnostics: Diagnostic[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await entriesOf(folder, diagnostics)) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || passedOver.has(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await listFolder(path, diagnostics)));
    else if (readNames.test(entry.name)) found.push(path);
  }
  return found;
}

async function entriesOf(folder: string, diagnostics: Diagnostic[]) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    diagnostics.push(fileFailure('list', folder, error).diagnostic);
    return [];
  }
}

async function readOne(path: string, base: string): Promise<ForeignFile | Diagnostic> {
  const name = nameOf(path, base);
  try {
    const { size } = await stat(path);
    if (size > largestBytes) {
      const facts = { path: name, megabytes: Math.round(size / 1e6) };
      return lintReadingDiagnostics.create('too-large', facts, { position: { file: name, line: 1, column: 1 } });
    }
    const decoded = decodeText(await readFile(path), name);
    return decoded.kind === 'text' ? { path: name, text: decoded.text } : decoded.diagnostic;
  } catch (error) {
    const failure = fileFailure('read', name, error);
    if (failure instanceof Failure) return failure.diagnostic;
    throw error;
  }
}

function nameOf(path: string, base: string): string {
  const name = relative(base, path);
  return (name.startsWith('..') ? path : name).split(sep).join('/');
}
