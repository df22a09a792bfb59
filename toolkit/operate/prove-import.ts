import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../diagnostics/index.ts';
import { makeDirectory } from '../host/make-directory.ts';
import { type Imported, importDiagnostics } from '../import/index.ts';
import { openContent } from './open-content.ts';

/** Data source that dashboards of the proof are given; see `importDashboards`. */
export const proofDatasource = 'opsctl-proof';

/**
 * Compiles what an import would write, in the sandbox and in a repository of its own with one empty control point, and
 * holds the result against what was read. No diagnostics: it is the same.
 */
export async function proveImport(imported: Imported): Promise<readonly Diagnostic[]> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'opsctl-import-')));
  try {
    for (const [file, text] of [...proofFiles(imported), ...inFolder(imported.files)]) {
      await makeDirectory(dirname(join(root, file)));
      await writeFile(join(root, file), text);
    }
    return await compileAndCompare(root, imported);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const folder = 'alerts/imported';

function inFolder(files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...files].map(([file, text]) => [`${folder}/${file}`, text]);
}

async function compileAndCompare(root: string, imported: Imported): Promise<readonly Diagnostic[]> {
  const wiring = { providers: [], engine: { name: 'none' } as never };
  const { value, diagnostics } = await openContent({ directory: root, environment: null, bindingsFile: null, wiring });
  if (value === null) return diagnostics.filter(({ severity }) => severity === 'error');
  try {
    return imported.compare(value.content.resources).map(({ what, text, position }) => {
      return importDiagnostics.create('differs', { what, differences: text }, { position });
    });
  } finally {
    await value.content.close();
  }
}

function proofFiles({ constant }: Imported): readonly (readonly [string, string])[] {
  const title = `{ en: 'Proof', zh: '验证' }`;
  return [
    [
      'cmdb/organisation/index.ts',
      `import { defineOrganisation } from 'opsctl';
export default defineOrganisation({
  id: 'proof',
  title: ${title},
  tiers: [{ id: 'L1', title: ${title} }],
  sites: [{ id: 'proof', title: ${title}, tier: 'L1', timeZone: 'UTC' }],
  teams: [{ id: 'proof', title: ${title}, tier: 'L1', site: 'proof', channels: [] }],
  runbookBase: 'https://runbooks.example',
  catalogue: { classes: [], alerts: [], dashboards: [] },
});
`,
    ],
    [
      'stacks/proof.ts',
      `import { defineStack } from 'opsctl';
import { ${constant} } from '../${folder}/index.ts';
export default defineStack({ name: 'proof', tier: 'L1', site: 'proof', team: 'proof' }).include(${constant});
`,
    ],
  ];
}
