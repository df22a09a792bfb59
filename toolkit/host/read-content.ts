import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Diagnostic, Failure } from '../diagnostics/index.ts';
import { contentFileDiagnostics } from './content-file-diagnostics.ts';
import { fileFailure, isErrorCode } from './file-failure.ts';

/** A file of content that is data and not code. */
export interface ContentFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ContentFiles {
  /** By path, so that the order does not depend on the disk. */
  readonly files: readonly ContentFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads data of a repository as YAML and CSV: the inventories, `cmdb/items/**`. Nothing outside the repository is read. */
export async function readContentFiles(repository: string, folder = 'cmdb/items'): Promise<ContentFiles> {
  const root = await realpath(repository);
  const diagnostics: Diagnostic[] = [];
  const files: ContentFile[] = [];
  let total = 0;
  for (const path of await listFiles(root, folder, diagnostics)) {
    const file = await readOne(root, path, totalLimit - total);
    if ('code' in file) diagnostics.push(file);
    else {
      files.push(file);
      total += file.bytes.length;
    }
  }
  return { files, diagnostics };
}

const fileLimit = 64 * 1024 * 1024;
const totalLimit = 256 * 1024 * 1024;

async function listFiles(root: string, folder: string, diagnostics: Diagnostic[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await entriesOf(join(root, folder), diagnostics)) {
    const path = `${folder}/${entry.name}`;
    // Editors and spreadsheets leave hidden copies and locks beside what they have open.
    if (/^[.~]/.test(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await listFiles(root, path, diagnostics)));
    else if (/\.(ya?ml|csv)$/i.test(entry.name)) found.push(path);
    else if (/\.(xlsx?|ods|tsv)$/i.test(entry.name)) diagnostics.push(aboutFile('spreadsheet', path));
  }
  return found.sort();
}

async function entriesOf(folder: string, diagnostics: Diagnostic[]): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (!isErrorCode(error, 'ENOENT')) diagnostics.push(fileFailure('list', folder, error).diagnostic);
    return [];
  }
}

function aboutFile(code: keyof typeof contentFileDiagnostics.definitions, path: string): Diagnostic {
  return contentFileDiagnostics.create(code, { path }, { position: { file: path, line: 1, column: 1 }, subject: path });
}

/** A pipe would be waited for, and a link could lead anywhere: both are seen before anything is opened. */
async function readOne(root: string, path: string, room: number): Promise<ContentFile | Diagnostic> {
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith(root + sep) || real.startsWith(join(root, '.git') + sep)) return aboutFile('outside', path);
    const found = await stat(real);
    if (!found.isFile()) return aboutFile('no-plain-file', path);
    if (found.size > Math.min(fileLimit, room)) return aboutFile('too-large', path);
    return { path, bytes: await readFile(real) };
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ELOOP')) return aboutFile('broken-link', path);
    const failure = fileFailure('read', path, error);
    if (failure instanceof Failure) return failure.diagnostic;
    throw error;
  }
}
