import { join, relative, resolve } from 'node:path';
import { findRepository } from '../../../toolkit/host/content-modules.ts';
import { importDiagnostics } from '../../../toolkit/import/index.ts';
import { proveImport } from '../../../toolkit/operate/prove-import.ts';
import { type ImportKind, readImport } from '../../../toolkit/operate/read-import.ts';
import { filesThere, writeImport } from '../../../toolkit/operate/write-import.ts';
import { type ExitName, exitOfDiagnostics } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { importView } from '../../views/import-view.ts';
import { contentDirectory } from '../begin-sandbox.ts';

export interface ImportValues {
  readonly places: readonly string[];
  readonly out: string | null;
  readonly force: boolean;
  readonly dryRun: boolean;
}

const folders: Readonly<Record<ImportKind, string>> = {
  rules: 'alerts/imported',
  dashboards: 'dashboards/imported',
  alertmanager: 'alerts/imported-routing',
};

/** Reads, compiles what would be written, compares, and writes only what came out the same. */
export async function runImport(kind: ImportKind, values: ImportValues, session: Session): Promise<ExitName> {
  session.progress.report('Reading files');
  const { imported, diagnostics } = await readImport(kind, values.places, session.io.cwd);
  session.tell(diagnostics);
  if (imported === null) return exitOfDiagnostics(diagnostics, 'error');
  const directory = await placeOf(kind, values.out, session);
  const shown = relative(session.io.cwd, directory) || '.';
  const there = values.force ? [] : await filesThere(directory, [...imported.files.keys()]);
  if (there.length > 0) {
    session.tell([importDiagnostics.create('exists', { files: there, directory: shown })]);
    return 'refused';
  }
  session.progress.report('Compiling what would be written');
  const differences = await proveImport(imported);
  session.tell(differences);
  if (differences.length > 0) return 'failure';
  if (!values.dryRun) await writeImport(directory, imported.files);
  const { constant, count } = imported;
  const files = [...imported.files.keys()];
  session.show(importView, { kind, directory: shown, files, constant, count, isDry: values.dryRun });
  return exitOfDiagnostics(diagnostics, session.globals.failOn);
}

/** Below the repository where there is one, else here: who only wants to look needs none. */
async function placeOf(kind: ImportKind, out: string | null, session: Session): Promise<string> {
  if (out !== null) return resolve(session.io.cwd, out);
  const root = await findRepository(resolve(contentDirectory(session)));
  return join(root ?? session.io.cwd, folders[kind]);
}
