import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/index.ts';
import { type Imported, importDashboards, importDiagnostics, importRouting, importRules } from '../import/index.ts';
import { type ForeignFile, type LintInput, type Located, readForeign } from '../lint/index.ts';
import { readForeignFiles } from './lint-files.ts';
import { proofDatasource } from './prove-import.ts';

export type ImportKind = 'rules' | 'dashboards' | 'alertmanager';

export interface ReadImport {
  /** Null: there is nothing to import. */
  readonly imported: Imported | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads files of any origin, and makes content of what one kind of import takes from them. */
export async function readImport(kind: ImportKind, places: readonly string[], base: string): Promise<ReadImport> {
  const { files, diagnostics } = await readForeignFiles(places, base);
  const { input: found, diagnostics: reading } = readForeign(files, '0.34');
  const input = withoutBroken(found, reading);
  const templates = kind === 'alertmanager' ? await readTemplates(files, base) : [];
  const imported = importOf();
  const all = [...diagnostics, ...reading, ...imported.diagnostics];
  if (imported.count > 0) return { imported, diagnostics: all };
  const nothing = importDiagnostics.create('nothing', { kind: held[kind], files: files.length });
  return { imported: null, diagnostics: all.some(({ severity }) => severity === 'error') ? all : [...all, nothing] };

  function importOf(): Imported {
    if (kind === 'rules') return importRules(files, input);
    if (kind === 'dashboards') return importDashboards(input, { prometheusUid: proofDatasource });
    return importRouting(files, input, () => templates);
  }
}

/** Of a file that cannot be read as a whole, nobody knows what else is not as it looks. */
function withoutBroken(input: LintInput, reading: readonly Diagnostic[]): LintInput {
  const broken = new Set(
    reading.flatMap(({ severity, position }) => (severity === 'error' ? (position?.file ?? []) : [])),
  );
  const whole = <Held extends Located>(held: readonly Held[]) =>
    held.filter(({ document }) => !broken.has(document.file));
  return {
    ...input,
    ruleFiles: whole(input.ruleFiles),
    dashboards: whole(input.dashboards),
    alertmanagers: whole(input.alertmanagers),
  };
}

const held: Readonly<Record<ImportKind, string>> = {
  rules: 'a rule that can be imported',
  dashboards: 'a dashboard',
  alertmanager: 'a configuration of Alertmanager',
};

/** Files that the lines below `templates:` name, relative to the configuration. */
async function readTemplates(files: readonly ForeignFile[], base: string): Promise<readonly ForeignFile[]> {
  const { glob } = await import('node:fs/promises');
  const found: ForeignFile[] = [];
  for (const file of files) {
    const { input } = readForeign([file], '0.34');
    const [config] = input.alertmanagers;
    if (config === undefined) continue;
    const folder = path.dirname(path.resolve(base, file.path));
    for (const pattern of config.config.templates) {
      // An absolute path is one of the machine that the configuration is from.
      if (path.isAbsolute(pattern)) continue;
      for await (const name of glob(pattern, { cwd: folder }))
        found.push({ path: name, text: await readFile(path.join(folder, name), 'utf8') });
    }
    break;
  }
  return found.sort((left, right) => (left.path < right.path ? -1 : 1));
}
